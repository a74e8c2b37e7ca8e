import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import { createSignal, For, type JSX, Show } from 'solid-js';

import type { VisibleOption } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { RichText } from '#web/ui/RichText.tsx';

import { laterMessages as messages } from '../later-messages.ts';
import { useSit } from '../sit-context.ts';
import { plainText } from './plain-text.ts';
import type { ResponseProps } from './response-props.ts';

/** Elements that are brought into an order, by buttons or by dragging. The order at first is no answer. */
export function Ordering(props: ResponseProps<'ordering'>): JSX.Element {
  const t = useMessages(messages);
  const { say } = useSit();
  const [lifted, setLifted] = createSignal<string | null>(null);
  const [over, setOver] = createSignal<string | null>(null);
  let list!: HTMLOListElement;

  const rows = (): readonly VisibleOption[] => {
    const { options } = props.item;
    const order = props.response?.order ?? [];
    const known = order.map((id) => options.find((option) => option.id === id)).filter((option) => option !== undefined);
    return [...known, ...options.filter((option) => !order.includes(option.id))];
  };

  function move(id: string, to: number, focus?: 'up' | 'down'): void {
    const order = rows().map((row) => row.id);
    const from = order.indexOf(id);
    if (to < 0 || to >= order.length || from === to || props.readOnly) return;
    order.splice(to, 0, ...order.splice(from, 1));
    props.onChoose({ order });
    say(t('movedTo', { text: plainText(rows()[to]!.text), place: String(to + 1), count: String(order.length) }));
    if (focus !== undefined) requestAnimationFrame(() => list.children[to]?.querySelector<HTMLElement>(`[data-move="${focus}"]`)?.focus());
  }

  return (
    <div class="Ordering" data-answered={props.response === null ? undefined : ''}>
      <ol class="Ordering" ref={list} aria-labelledby={props.labelledBy}>
        <For each={rows()}>
          {(row, index) => (
            <li
              class="Ordering__row" draggable={!props.readOnly} data-lifted={lifted() === row.id ? '' : undefined} data-over={over() === row.id && lifted() !== row.id ? '' : undefined}
              onDragStart={(event) => {
                setLifted(row.id);
                event.dataTransfer?.setData('text/plain', row.id);
              }}
              onDragEnd={() => (setLifted(null), setOver(null))}
              onDragOver={(event) => {
                if (lifted() === null) return;
                event.preventDefault();
                setOver(row.id);
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (lifted() !== null) move(lifted()!, index());
              }}
            >
              <span class="Ordering__place">{index() + 1}</span>
              <RichText text={row.text} inert />
              <span class="Ordering__acts">
                <IconButton icon={ChevronUp} data-move="up" label={t('moveUp', { text: plainText(row.text) })} disabled={props.readOnly || index() === 0} onClick={() => move(row.id, index() - 1, 'up')} />
                <IconButton icon={ChevronDown} data-move="down" label={t('moveDown', { text: plainText(row.text) })} disabled={props.readOnly || index() === rows().length - 1} onClick={() => move(row.id, index() + 1, 'down')} />
              </span>
            </li>
          )}
        </For>
      </ol>
      <Show when={props.response === null && !props.readOnly}>
        <p class="Ordering__note">{t('orderIsNoAnswer')} <Button kind="quiet" size="small" onClick={() => props.onChoose({ order: rows().map(({ id }) => id) })}>{t('keepThisOrder')}</Button></p>
      </Show>
    </div>
  );
}
