import CircleCheck from 'lucide-solid/icons/circle-check';
import { type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';

import type { AnswerRow, Overview, Role } from '../api.ts';
import { messages } from '../messages.ts';
import { inSentence, questionName } from '../question-name.ts';

/** Nothing is left here: what comes next. */
export function WorkspaceEnd(props: { examId: string; itemId: string | undefined; role: Role; overview: Overview | undefined; rows: readonly AnswerRow[] }): JSX.Element {
  const t = useMessages(messages);
  const at = `/staff/exams/${props.examId}/marking`;
  const other = () => props.overview?.items.find(({ itemId, mine }) => itemId !== props.itemId && mine > 0);
  const second = () => props.overview?.items.find(({ mySecond }) => mySecond > 0);
  const left = (): number => props.rows.filter((row) => row.state !== 'done' && !row.mine).length;
  const isAll = (): boolean => props.overview !== undefined && props.overview.done === props.overview.total && props.overview.total > 0;
  return (
    <EmptyState
      icon={CircleCheck}
      title={isAll() ? t('endAll') : left() === 0 ? t('endItem') : t('endMine')}
      action={
        <Show when={isAll()} fallback={
          <div class="row wrap">
            <Show when={other()} fallback={<Show when={second()}>{(item) => <Button kind="primary" href={`${at}/items/${item().itemId}?role=second`}>{t('toSecond', { name: inSentence(questionName(t, item())), count: item().mySecond })}</Button>}</Show>}>
              {(item) => <Button kind="primary" href={`${at}/items/${item().itemId}`}>{t('toOther', { name: inSentence(questionName(t, item())), count: item().mine })}</Button>}
            </Show>
            <Show when={props.overview?.reconcile && props.overview.owner}><Button href={`${at}/reconcile`}>{t('toReconcile', { count: props.overview!.reconcile })}</Button></Show>
            <Button href={at}>{t('toOverview')}</Button>
          </div>
        }>
          <div class="row wrap"><Show when={props.overview?.owner} fallback={<Button kind="primary" href={at}>{t('toOverview')}</Button>}><Button kind="primary" href={`/staff/exams/${props.examId}/results`}>{t('toResults')}</Button><Button href={at}>{t('toOverview')}</Button></Show></div>
        </Show>
      }
    >
      {isAll() ? t('endAllHelp') : left() === 0 ? t('endItemHelp') : t('endMineHelp', { count: left() })}
    </EmptyState>
  );
}
