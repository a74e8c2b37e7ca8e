import Check from 'lucide-solid/icons/check';
import { For, Show, type JSX } from 'solid-js';

import type { RichText as RichTextValue } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { RichText } from '#web/ui/RichText.tsx';
import type { ReleasedItem } from './api.ts';
import { messages } from './messages.ts';
import { useWhose } from './whose.ts';

interface Row {
  readonly id: string;
  readonly text: RichTextValue;
  readonly isOwn: boolean;
  /** Undefined when the key is not released. */
  readonly isRight: boolean | undefined;
  readonly feedback: RichTextValue | undefined;
}

/** The options as they stood, with the own choice, the key and what was said about them. */
export function ChoiceReview(props: { item: ReleasedItem }): JSX.Element {
  const t = useMessages(messages);
  const whose = useWhose();
  const rows = (): readonly Row[] => {
    const { item, response, key, feedback } = props.item;
    if (item?.type === 'true-false' || (item === undefined && typeof key?.['value'] === 'boolean')) {
      const own = (response as { value?: boolean } | null)?.value;
      return [true, false].map((value) => ({
        id: String(value), text: { format: 'plain', value: t(value ? 'trueWord' : 'falseWord') }, isOwn: own === value, isRight: key === undefined ? undefined : key['value'] === value, feedback: undefined,
      }));
    }
    const own = ownIds(response);
    const right = key === undefined ? undefined : new Set(typeof key['optionId'] === 'string' ? [key['optionId']] : ((key['optionIds'] ?? []) as string[]));
    const options = (Array.isArray(item?.options) ? item.options : []) as readonly { id: string; text: RichTextValue }[];
    return options.map(({ id, text }) => ({ id, text, isOwn: own.has(id), isRight: right?.has(id), feedback: feedback?.options[id] }));
  };
  return (
    <ul class="ChoiceReview">
      <For each={rows()}>
        {(row, at) => (
          <li data-own={row.isOwn ? '' : undefined} data-right={row.isRight ? '' : undefined}>
            <span class="ChoiceReview__letter">{String.fromCodePoint(65 + (at() % 26))}</span>
            <div>
              <RichText text={row.text} />
              <Show when={row.feedback}>{(feedback) => <RichText class="ChoiceReview__feedback" text={feedback()} />}</Show>
            </div>
            <span class="ChoiceReview__marks">
              <Show when={row.isOwn}><Badge tone={row.isRight === undefined ? 'neutral' : row.isRight ? 'done' : 'attention'}>{t(whose.answer)}</Badge></Show>
              <Show when={row.isRight}><Badge tone="done" icon={Check} line>{t('right')}</Badge></Show>
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}

function ownIds(response: unknown): ReadonlySet<string> {
  const { optionId, optionIds } = (response ?? {}) as { optionId?: string; optionIds?: string[] };
  return new Set(optionIds ?? (optionId === undefined ? [] : [optionId]));
}
