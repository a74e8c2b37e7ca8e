import { For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { CopyButton } from '#web/ui/CopyButton.tsx';

import { exactTime } from './clock-text.ts';
import type { Happening } from './lanes.ts';
import { messages } from './messages.ts';

import './raw-card.css';

/** What was recorded of one happening, word by word. */
export function RawCard(props: { what: Happening | undefined }): JSX.Element {
  const t = useMessages(messages);
  const record = (): Record<string, unknown> => ({ ...(props.what?.entry ?? props.what?.step) });
  return (
    <Show when={props.what} fallback={<p class="RawCard__pick">{t('rawPick')}</p>}>
      {(what) => (
        <Card title={t('raw', { time: exactTime(what().atMs) })} actions={<CopyButton size="small" label={t('copyJson')} text={JSON.stringify(record(), null, 2)} />} class="RawCard" flush>
          <p class="RawCard__help">{t('rawHelp')}</p>
          <dl class="RawCard__list">
            <For each={flatten(record())}>{([name, value]) => <><dt>{name}</dt><dd dir="auto">{value}</dd></>}</For>
          </dl>
        </Card>
      )}
    </Show>
  );
}

/** Members of a record with their paths, nulls left out. */
function flatten(value: Record<string, unknown>, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    if (member === null || member === undefined) return [];
    const at = path === '' ? name : `${path}.${name}`;
    return typeof member === 'object' ? flatten(member as Record<string, unknown>, at) : [[at, String(member)]];
  });
}
