import * as Kobalte from '@kobalte/core/combobox';
import Check from 'lucide-solid/icons/check';
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down';
import X from 'lucide-solid/icons/x';
import { createMemo, createSignal, For, onCleanup, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Field, splitField, type FieldProps } from './Field.tsx';
import { messages } from './messages.ts';

import './combobox.css';

/** Something to find and choose. */
export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  /** A second line: number, e-mail, batch. */
  readonly detail?: string;
}

interface Common extends FieldProps {
  /** All choices, or a search that is asked 250 ms after the last key. */
  options: readonly ComboboxOption[] | ((text: string, signal: AbortSignal) => Promise<readonly ComboboxOption[]>);
  placeholder?: string;
  disabled?: boolean;
}

/** Props of a list to search in: one choice, or several with `multiple`. */
export type ComboboxProps = Common &
  ({ multiple?: false; value: ComboboxOption | undefined; onChange: (value: ComboboxOption | undefined) => void } | { multiple: true; value: readonly ComboboxOption[]; onChange: (value: ComboboxOption[]) => void });

/** A list to search in, with choices at hand or from the server. Not for pages of a sitting. */
export function Combobox(props: ComboboxProps): JSX.Element {
  const t = useMessages(messages);
  const [field] = splitField(props);
  const chosen = createMemo<readonly ComboboxOption[]>(() => (props.multiple ? props.value : props.value === undefined ? [] : [props.value]));
  const search = createSearch(() => props.options);
  // what is chosen has to stay among the options for it to stay chosen
  const options = createMemo(() => [...search.found(), ...chosen().filter(({ value }) => !search.found().some((option) => option.value === value))]);
  const shared = {
    optionValue: 'value', optionTextValue: 'label', optionLabel: 'label', allowsEmptyCollection: true, triggerMode: 'focus',
    // an open list would lie over what comes after the field, such as the button of a dialog
    closeOnSelection: true,
    // what an earlier text has found must not be chosen by the Enter after a later one
    defaultFilter: (option: ComboboxOption, text: string): boolean => search.found().includes(option) && ((typeof props.options === 'function' && search.state() === 'done') || fits(option, text)),
    itemComponent: Item,
    onInputChange: (text: string) => search.ask(text),
    // a list that typing opens has been asked for what was typed
    onOpenChange: (isOpen: boolean, trigger: string | undefined) => isOpen && trigger !== 'input' && search.ask(''),
  } as const;
  const selection = (): object =>
    props.multiple
      ? { multiple: true, value: [...props.value], onChange: props.onChange }
      : { value: props.value ?? null, onChange: (next: ComboboxOption | null) => (props.onChange as (value: ComboboxOption | undefined) => void)(next ?? undefined) };
  return (
    <Field {...field} group class="Combobox">
      <Kobalte.Root<ComboboxOption> {...shared} {...(selection() as object)} options={options()} placeholder={props.multiple && chosen().length > 0 ? undefined : props.placeholder} disabled={props.disabled} validationState={props.error ? 'invalid' : undefined} gutter={4} sameWidth>
        <Kobalte.Control<ComboboxOption> class="Input Combobox__control" data-invalid={props.error ? '' : undefined} data-disabled={props.disabled ? '' : undefined}>
          {(state) => (
            <>
              <Show when={props.multiple}>
                <For each={state.selectedOptions()}>
                  {(option) => (
                    <span class="Combobox__chosen">
                      {option.label}
                      <button type="button" aria-label={t('remove', { name: option.label })} onPointerDown={(event) => event.stopPropagation()} onClick={() => state.remove(option)}><X /></button>
                    </span>
                  )}
                </For>
              </Show>
              <Kobalte.Input aria-label={typeof props.label === 'string' ? props.label : undefined} />
              <Kobalte.Trigger class="Combobox__open" aria-label={t('showChoices')}><ChevronsUpDown /></Kobalte.Trigger>
            </>
          )}
        </Kobalte.Control>
        <Kobalte.Portal>
          {/* without the mark a dialog around the field would hide its list from screen readers */}
          <Kobalte.Content class="Combobox__list" data-kb-top-layer="">
            <Show when={search.state() !== 'done'} fallback={<Show when={search.found().length === 0}><p class="Combobox__note">{t('nothingFound')}</p></Show>}>
              <p class="Combobox__note" role="status">{search.state() === 'failed' ? t('searchFailed') : t('searching')}</p>
            </Show>
            <Kobalte.Listbox class="Combobox__options" />
          </Kobalte.Content>
        </Kobalte.Portal>
      </Kobalte.Root>
    </Field>
  );
}

function fits({ label, detail }: ComboboxOption, text: string): boolean {
  return `${label} ${detail ?? ''}`.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
}

function Item(props: { item: Kobalte.ComboboxRootItemComponentProps<ComboboxOption>['item'] }): JSX.Element {
  return (
    <Kobalte.Item item={props.item} class="Combobox__item">
      <Kobalte.ItemLabel class="Combobox__label">{props.item.rawValue.label}</Kobalte.ItemLabel>
      <Show when={props.item.rawValue.detail}><span class="Combobox__detail">{props.item.rawValue.detail}</span></Show>
      <Kobalte.ItemIndicator class="Combobox__tick"><Check /></Kobalte.ItemIndicator>
    </Kobalte.Item>
  );
}

interface Search {
  found: () => readonly ComboboxOption[];
  state: () => 'done' | 'searching' | 'failed';
  ask: (text: string) => void;
}

function createSearch(source: () => Common['options']): Search {
  const [answers, setAnswers] = createSignal<readonly ComboboxOption[]>([]);
  const [state, setState] = createSignal<'done' | 'searching' | 'failed'>('done');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = new AbortController();
  function stop(): void {
    clearTimeout(timer);
    running.abort();
  }
  onCleanup(stop);
  function ask(text: string): void {
    const from = source();
    if (typeof from !== 'function') return;
    stop();
    const { signal } = (running = new AbortController());
    setState('searching');
    timer = setTimeout(() => {
      from(text, signal).then(
        (next) => !signal.aborted && (setAnswers(next), setState('done')),
        () => !signal.aborted && (setAnswers([]), setState('failed')),
      );
    }, text === '' ? 0 : 250);
  }
  return { found: () => { const from = source(); return typeof from === 'function' ? answers() : from; }, state, ask };
}
