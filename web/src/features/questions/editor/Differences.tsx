import { For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';

import { compareVersions } from './compare.ts';
import { messages } from './messages.ts';

type Content = Parameters<typeof compareVersions>[0];

/** Two versions side by side, only where they differ. */
export function Differences(props: { before: Content; after: Content; beforeName: string; afterName: string }): JSX.Element {
  const t = useMessages(messages);
  const pairs = (): ReturnType<typeof compareVersions> => compareVersions(props.before, props.after);
  return (
    <Show when={pairs().length > 0} fallback={<p class="soft">{t('versionSame')}</p>}>
      <table class="Differences">
        <thead><tr><th scope="col"><span class="visually-hidden">{t('details')}</span></th><th scope="col">{props.beforeName}</th><th scope="col">{props.afterName}</th></tr></thead>
        <tbody>
          <For each={pairs()}>
            {(pair) => (
              <tr>
                <th scope="row">{t(`diff.${pair.field}`)}</th>
                <td dir="auto"><Show when={pair.before !== ''} fallback={<span class="soft">{t('none')}</span>}>{pair.before}</Show></td>
                <td dir="auto" class="Differences__after"><Show when={pair.after !== ''} fallback={<span class="soft">{t('none')}</span>}>{pair.after}</Show></td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}
