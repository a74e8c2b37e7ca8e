import * as Kobalte from '@kobalte/core/dialog';
import Search from 'lucide-solid/icons/search';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { createFocusReturn } from './create-focus-return.ts';
import { findCommands, splitMatches, type Command } from './find-commands.ts';
import { Kbd } from './Kbd.tsx';
import { messages } from './messages.ts';

import './dialog.css';
import './command-palette.css';

export type { Command } from './find-commands.ts';

/** Finds and does anything by the keyboard. Commands come in groups; `onQuery` lets the owner add what it finds on the server. */
export function CommandPalette(props: { open: boolean; onClose: () => void; commands: readonly Command[]; onQuery?: (text: string) => void; searching?: boolean; placeholder?: string; context?: string; note?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const id = createUniqueId();
  const giveBack = createFocusReturn(() => props.open);
  const [text, setText] = createSignal('');
  const [chosen, setChosen] = createSignal(0);
  createEffect(on(() => props.open, (isOpen) => isOpen && change('')));
  const found = createMemo(() => findCommands(props.commands, text()));
  createEffect(on(found, (now) => setChosen((index) => Math.min(index, Math.max(0, now.length - 1))), { defer: true }));
  const groups = createMemo(() => [...new Set(found().map(({ group }) => group))].map((group) => ({ group, commands: found().filter((command) => command.group === group) })));
  const inOrder = createMemo(() => groups().flatMap(({ commands }) => commands));

  function change(next: string): void {
    setText(next);
    setChosen(0);
    props.onQuery?.(next);
  }
  function run(command: Command | undefined): void {
    if (command === undefined) return;
    props.onClose();
    command.onRun();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const count = inOrder().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0) {
      setChosen((index) => (index + step + count) % count);
      document.getElementById(`${id}-${inOrder()[chosen()]?.id}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.isComposing) {
      run(inOrder()[chosen()]);
    } else {
      return;
    }
    event.preventDefault();
  }
  return (
    <Kobalte.Root open={props.open} onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="Scrim" />
        <div class="Dialog__place CommandPalette__place">
          <Kobalte.Content class="CommandPalette" aria-label={t('commands')} onCloseAutoFocus={giveBack}>
            <div class="CommandPalette__input">
              <Search />
              <input
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck={false}
                aria-label={t('commands')}
                aria-expanded="true"
                aria-controls={`${id}-list`}
                aria-activedescendant={inOrder().length > 0 ? `${id}-${inOrder()[chosen()]?.id}` : undefined}
                placeholder={props.placeholder ?? t('searchOrDo')}
                value={text()}
                onInput={(event) => change(event.currentTarget.value)}
                onKeyDown={onKeyDown}
              />
              <Show when={props.context}><span class="soft nowrap">{props.context}</span></Show>
            </div>
            <div class="CommandPalette__list" id={`${id}-list`} role="listbox" aria-label={t('commands')}>
              <For each={groups()}>
                {({ group, commands }) => (
                  <div role="group" aria-label={group}>
                    <div class="CommandPalette__group" aria-hidden="true">{group}</div>
                    <For each={commands}>
                      {(command) => (
                        <div
                          class="CommandPalette__item"
                          id={`${id}-${command.id}`}
                          role="option"
                          aria-selected={inOrder()[chosen()] === command}
                          onPointerMove={() => setChosen(inOrder().indexOf(command))}
                          onClick={() => run(command)}
                        >
                          <Show when={command.icon} fallback={<span class="CommandPalette__gap" />}>{(icon) => <Dynamic component={icon()} />}</Show>
                          <span class="clip"><For each={splitMatches(command.label, text())}>{(part) => (part.isMatch ? <mark>{part.text}</mark> : part.text)}</For></span>
                          <Show when={command.hint}><span class="CommandPalette__hint">{command.hint}</span></Show>
                          <Show when={command.keys}>{(keys) => <Kbd keys={keys()} apart />}</Show>
                        </div>
                      )}
                    </For>
                  </div>
                )}
              </For>
              <Show when={found().length === 0}><p class="CommandPalette__none" role="status">{props.searching ? t('searching') : t('noCommand')}</p></Show>
            </div>
            <div class="CommandPalette__foot">
              <span><Kbd keys="Up Down" apart /> {t('chooseKey')}</span>
              <span><Kbd keys="Enter" /> {t('openKey')}</span>
              <Show when={props.note}><span class="push">{props.note}</span></Show>
            </div>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte.Root>
  );
}
