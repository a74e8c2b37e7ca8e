import { For, type JSX } from 'solid-js';

import type { RichText as Text } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { RichText } from '#web/ui/RichText.tsx';

import { messages } from '../messages.ts';
import { letterOf, type ResponseProps } from './response-props.ts';

import './choice.css';

/** One of several answers. */
export function SingleChoice(props: ResponseProps<'single-choice'>): JSX.Element {
  return (
    <Options
      {...frameOf(props)}
      options={props.item.options}
      isChosen={(id) => props.response?.optionId === id}
      onChange={(id) => props.onChoose({ optionId: id })}
    />
  );
}

/** Any number of answers. */
export function MultipleChoice(props: ResponseProps<'multiple-choice'>): JSX.Element {
  const chosen = (): readonly string[] => props.response?.optionIds ?? [];
  const toggle = (id: string): void => {
    const next = chosen().includes(id) ? chosen().filter((other) => other !== id) : [...chosen(), id];
    props.onChoose(next.length === 0 ? null : { optionIds: next });
  };
  return <Options {...frameOf(props)} many options={props.item.options} isChosen={(id) => chosen().includes(id)} onChange={toggle} />;
}

/** True or false. */
export function TrueFalse(props: ResponseProps<'true-false'>): JSX.Element {
  const t = useMessages(messages);
  const options = (): Option[] => [{ id: 'true', text: { format: 'plain', value: t('isTrue') } }, { id: 'false', text: { format: 'plain', value: t('isFalse') } }];
  return (
    <Options {...frameOf(props)} plain options={options()} isChosen={(id) => String(props.response?.value) === id} onChange={(id) => props.onChoose({ value: id === 'true' })} />
  );
}

interface Option {
  readonly id: string;
  readonly text: Text;
}

interface Frame {
  readonly name: string;
  readonly labelledBy: string;
  readonly readOnly: boolean;
}

function frameOf(props: { item: { id: string }; labelledBy: string; readOnly: boolean }): Frame {
  return { name: props.item.id, get labelledBy() { return props.labelledBy; }, get readOnly() { return props.readOnly; } };
}

function Options(props: Frame & { many?: boolean; plain?: boolean; options: readonly Option[]; isChosen: (id: string) => boolean; onChange: (id: string) => void }): JSX.Element {
  const t = useMessages(messages);
  return (
    <fieldset class="OptionList" aria-labelledby={props.labelledBy} disabled={props.readOnly}>
      <legend class="visually-hidden">{props.many ? t('anyNumber') : t('oneAnswer')}</legend>
      {props.many ? <p class="OptionList__hint" aria-hidden="true">{t('anyNumber')}</p> : null}
      <For each={props.options}>
        {(option, index) => (
          <label class="Option" data-plain={props.plain ? '' : undefined}>
            <input
              type={props.many ? 'checkbox' : 'radio'}
              name={props.name}
              checked={props.isChosen(option.id)}
              onChange={(event) => {
                props.onChange(option.id);
                // where it was not taken, the mark goes back
                event.currentTarget.checked = props.isChosen(option.id);
              }}
            />
            {props.plain ? null : <span class="Option__letter" aria-hidden="true">{letterOf(index())}</span>}
            <RichText text={option.text} inert />
          </label>
        )}
      </For>
    </fieldset>
  );
}
