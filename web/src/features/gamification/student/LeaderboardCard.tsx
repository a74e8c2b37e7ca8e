import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { type Leaderboard, loadLeaderboard, type Period } from '../api.ts';
import { messages } from '../messages.ts';

/** The ten best ranks of a course, and the own one; who has opted out sees why there is none. */
export function LeaderboardCard(props: { batchId: string; name: string; periods: readonly Period[] }): JSX.Element {
  const t = useMessages(messages);
  const [chosen, setChosen] = createSignal<Period>();
  const period = (): Period | undefined => {
    const wanted = chosen();
    return wanted !== undefined && props.periods.includes(wanted) ? wanted : props.periods.at(-1);
  };
  const board = createLoad(() => (period() === undefined ? undefined : { batchId: props.batchId, period: period()! }), ({ batchId, period: which }, signal) => loadLeaderboard(batchId, which, signal));
  return (
    <Card title={t('leaderboard')} level={3} class="Board">
      <Show when={period()} fallback={<EmptyState bare icon={EyeOff} title={t('optedOutTitle')}>{t('optedOutHelp')}</EmptyState>}>
        {(now) => (
          <>
            <Segmented wide name={t('period')} value={now()} onChange={setChosen} options={props.periods.map((value) => ({ value, label: t(`period.${value}`) }))} />
            <Show when={board.value()} fallback={<Show when={board.error()} fallback={<Skeleton kind="row" count={6} />}>{(error) => <ProblemView compact problem={error()} title={t('boardFailed')} busy={board.isLoading()} onRetry={board.reload} />}</Show>}>
              {(found) => <Ranks board={found()} name={props.name} />}
            </Show>
          </>
        )}
      </Show>
    </Card>
  );
}

function Ranks(props: { board: Leaderboard; name: string }): JSX.Element {
  const t = useMessages(messages);
  const ownBelow = (): Leaderboard['me'] => (props.board.me !== null && !props.board.items.some(({ isMe }) => isMe) ? props.board.me : null);
  return (
    <Show when={props.board.items.length > 0} fallback={<p class="Board__empty soft">{t('boardEmpty')}</p>}>
      <table class="Ranks">
        <caption class="visually-hidden">{t('leaderboardOf', { course: props.name })}</caption>
        <colgroup><col class="Ranks__rank" /><col /><col class="Ranks__points" /></colgroup>
        <thead class="visually-hidden"><tr><th scope="col">{t('rank')}</th><th scope="col">{t('name')}</th><th scope="col">{t('points', 2)}</th></tr></thead>
        <tbody>
          <For each={props.board.items}>
            {(row) => (
              <tr data-me={row.isMe ? '' : undefined}>
                <td class="Ranks__rank">{row.rank}</td>
                <td class="Ranks__name" dir="auto" title={row.name}>{row.isMe ? <span class="Ranks__own">{t('asYou', { name: row.name })}</span> : row.name}</td>
                <td class="Ranks__points">{row.points}</td>
              </tr>
            )}
          </For>
          <Show when={ownBelow()}>
            {(me) => <tr data-me="" data-apart=""><td class="Ranks__rank">{me().rank}</td><td class="Ranks__name">{t('you')}</td><td class="Ranks__points">{me().points}</td></tr>}
          </Show>
        </tbody>
      </table>
      <Show when={props.board.more > 0}><p class="small soft">{t('moreShare', props.board.more)}</p></Show>
      <Show when={props.board.me === null}><p class="small soft">{t('notInBoard')}</p></Show>
      <p class="small soft">{t('boardNote', { time: formatTime(props.board.computedAt) })}</p>
    </Show>
  );
}
