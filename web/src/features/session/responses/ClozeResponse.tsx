import { createEffect, createMemo, type JSX, mapArray, onCleanup } from 'solid-js';
import { render } from 'solid-js/web';

import { MAX_NUMBER_LENGTH } from '#domain/questions/check-response.ts';
import type { ClozeGap, GapResponse } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { renderHtml, renderMarkdown } from '#web/ui/rich-text.ts';

import { laterMessages as messages } from '../later-messages.ts';
import { plainText } from './plain-text.ts';
import { BARE_FIELD, type ResponseProps } from './response-props.ts';

import '#web/ui/rich-text.css';
import './cloze.css';

const MARK = /\[\[([^[\]]{1,100})\]\]/;

/** A text with gaps; each gap is a field or a list in the middle of its sentence. */
export function Cloze(props: ResponseProps<'cloze'>): JSX.Element {
  const t = useMessages(messages);
  let place!: HTMLDivElement;
  const ids = createMemo(() => Object.keys(props.item.options.gaps));

  function fill(id: string, response: GapResponse | null, how: 'onType' | 'onChoose'): void {
    const { [id]: _before, ...others } = props.response?.gaps ?? {};
    const gaps = response === null ? others : { ...others, [id]: response };
    props[how](Object.keys(gaps).length === 0 ? null : { gaps });
  }

  createEffect(() => {
    const { format, value } = props.item.text;
    const text = format === 'html' ? renderHtml(value, { links: false }) : format === 'markdown' ? renderMarkdown(value, { links: false }) : document.createTextNode(value);
    place.replaceChildren(text);
    const disposals = openGaps(place).filter(({ id }) => ids().includes(id)).map(({ id, element, number }) =>
      render(() => (
        <Gap
          gap={props.item.options.gaps[id]!} name={t('gap', { number: String(number) })} response={props.response?.gaps[id] ?? null} readOnly={props.readOnly}
          onType={(response) => fill(id, response, 'onType')} onChoose={(response) => fill(id, response, 'onChoose')}
        />
      ), element));
    onCleanup(() => disposals.forEach((dispose) => dispose()));
  });
  return <div ref={place} class="Cloze RichText" data-format={props.item.text.format} role="group" aria-label={t('textWithGaps')} dir="auto" />;
}

/** Puts an element in the place of each mark. */
function openGaps(root: HTMLElement): { id: string; element: HTMLElement; number: number }[] {
  const found: { id: string; element: HTMLElement; number: number }[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode() !== null) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    let rest = text;
    for (let mark = MARK.exec(rest.data); mark !== null; mark = MARK.exec(rest.data)) {
      const after = rest.splitText(mark.index);
      const element = document.createElement('span');
      element.className = 'Gap';
      rest = after.splitText(mark[0].length);
      after.replaceWith(element);
      found.push({ id: mark[1]!, element, number: found.length + 1 });
    }
  }
  return found;
}

interface GapProps {
  gap: ClozeGap;
  name: string;
  response: GapResponse | null;
  readOnly: boolean;
  onType: (response: GapResponse | null) => void;
  onChoose: (response: GapResponse | null) => void;
}

function Gap(props: GapProps): JSX.Element {
  const t = useMessages(messages);
  const { gap } = props;
  if (gap.kind === 'choice') {
    const chosen = (): string => (props.response !== null && 'optionId' in props.response ? props.response.optionId : '');
    return (
      <select
        class="Gap__select" aria-label={props.name} disabled={props.readOnly} data-filled={chosen() === '' ? undefined : ''} autocomplete="off"
        onChange={(event) => {
          props.onChoose(event.currentTarget.value === '' ? null : { optionId: event.currentTarget.value });
          event.currentTarget.value = chosen();
        }}
      >
        <option value="" selected={chosen() === ''}>{t('choose')}</option>
        {mapArray(() => gap.options, (option) => <option value={option.id} selected={chosen() === option.id}>{plainText(option.text)}</option>)()}
      </select>
    );
  }
  if (gap.kind === 'text') {
    const text = (): string => (props.response !== null && 'text' in props.response ? props.response.text : '');
    return (
      <input
        {...BARE_FIELD} class="Gap__input" type="text" dir="auto" aria-label={props.name} readonly={props.readOnly} maxlength={2_000} value={text()} data-filled={text() === '' ? undefined : ''}
        style={{ width: `${Math.min(40, Math.max(gap.width ?? 12, 4, text().length + 2))}ch` }}
        onInput={(event) => props.onType(event.currentTarget.value === '' ? null : { text: event.currentTarget.value })}
      />
    );
  }
  const value = (): string => (props.response !== null && 'value' in props.response ? props.response.value : '');
  const unit = (): string => (props.response !== null && 'value' in props.response ? (props.response.unit ?? '') : '');
  const build = (number: string, name: string): GapResponse | null => (number === '' && name === '' ? null : { value: number, ...(name === '' ? {} : { unit: name }) });
  return (
    <>
      <input
        {...BARE_FIELD} class="Gap__input" type="text" inputmode="decimal" aria-label={props.name} readonly={props.readOnly} maxlength={MAX_NUMBER_LENGTH} value={value()} data-filled={value() === '' ? undefined : ''}
        style={{ width: `${Math.min(30, Math.max(8, value().length + 2))}ch` }}
        onInput={(event) => props.onType(build(event.currentTarget.value, unit()))}
      />
      {gap.units === undefined ? null : (
        <select class="Gap__select" aria-label={`${props.name}, ${t('unit')}`} disabled={props.readOnly} onChange={(event) => props.onChoose(build(value(), event.currentTarget.value))}>
          <option value="" selected={unit() === ''}>{t('unit')}</option>
          {mapArray(() => gap.units, (name) => <option value={name} selected={unit() === name}>{name}</option>)()}
        </select>
      )}
    </>
  );
}
