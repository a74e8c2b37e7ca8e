import PenLine from 'lucide-solid/icons/pen-line';
import Scale from 'lucide-solid/icons/scale';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';

import type { Waiting } from './create-overview.ts';
import { messages } from './messages.ts';

/** Work after exams that waits for the reader: answers to mark, marks to agree on, appeals. Nothing where there is none. */
export function WaitingCard(props: { waiting: readonly Waiting[] }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.waiting.length > 0}>
      <Card flush title={t('waiting')}>
        <ul class="Overview__waiting">
          <For each={props.waiting}>
            {({ kind, count, title, href }) => (
              <li>
                <Dynamic component={kind === 'mark' || kind === 'agree' ? PenLine : Scale} />
                <a href={href}>{t(`waiting.${kind}`, count)}</a>
                <span class="soft" dir="auto">{title}</span>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  );
}
