import { createSignal, For, Show, type JSX } from 'solid-js';

import { ImageNotes } from '#web/features/marking/notes/ImageNotes.tsx';
import { SHOWN } from '#web/features/marking/notes/shown.ts';
import { AnswerReview } from '#web/features/results/student/AnswerReview.tsx';
import type { ReleasedItem } from '#web/features/results/student/api.ts';
import { useUser } from '#web/lib/auth.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Link } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { RichText } from '#web/ui/RichText.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { type Appeal, type AppealDetail, loadAppeal } from './api.ts';
import { messages } from './messages.ts';

/** One appeal: what the student says, what it is about, who reviews it, and the record of its decision. */
export function AppealCard(props: { appeal: Appeal; showsExam?: boolean; onAssign?: () => void; onDecide: () => void }): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const waits = (): boolean => props.appeal.state === 'open' || props.appeal.state === 'assigned';
  const isMine = (): boolean => props.appeal.reviewer?.id === user().id;
  const badge = (): string => (props.appeal.outcome === null ? t(`state.${props.appeal.state}`) : t(`outcome.${props.appeal.outcome}`));
  return (
    <Card title={<span dir="auto">{props.appeal.student.name}</span>} badge={<Badge tone={props.appeal.state === 'open' ? 'attention' : props.appeal.state === 'assigned' ? 'info' : 'neutral'}>{badge()}</Badge>} class="AppealCard">
      <div class="stack small">
        <p class="soft">
          {[props.showsExam ? props.appeal.examTitle : '', formatDateTime(props.appeal.createdAt), t(props.appeal.itemId === null ? 'aboutAll' : 'about'), props.appeal.mark === null ? '' : t('mark', { points: props.appeal.mark.points ?? '–', max: props.appeal.mark.maxPoints })].filter(Boolean).join(', ')}
        </p>
        <p class="Appeals__text" dir="auto">{props.appeal.text}</p>
        <Show when={props.appeal.itemId !== null}><Context appealId={props.appeal.id} /></Show>
        <Show when={waits()}><p>{props.appeal.reviewer === null ? t('noReviewer') : isMine() ? t('reviewerYou') : t('reviewer', { name: props.appeal.reviewer.name })}</p></Show>
        <Show when={props.appeal.decidedAt}>
          {(at) => (
            <div class="AppealCard__record">
              <p><b>{badge()}</b> <span class="soft">{t('by', { name: props.appeal.decidedBy?.name ?? '–', when: formatDateTime(at()) })}</span></p>
              <p dir="auto">{props.appeal.reason}</p>
              <Show when={props.appeal.itemId !== null && props.appeal.pointsAfter}>{(after) => <p class="soft">{props.appeal.pointsBefore === after() ? t('unchanged', { points: after() }) : t('changed', { before: props.appeal.pointsBefore ?? '–', after: after() })}</p>}</Show>
            </div>
          )}
        </Show>
        <div class="row wrap">
          <Show when={waits() && isMine()}><Button size="small" kind="primary" onClick={() => props.onDecide()}>{t('decide')}</Button></Show>
          <Show when={waits() && props.onAssign !== undefined}><Button size="small" onClick={() => props.onAssign?.()}>{t(props.appeal.reviewer === null ? 'assign' : 'reassign')}</Button></Show>
          <Show when={props.onAssign !== undefined}><Link href={`/staff/sessions/${props.appeal.sessionId}?tab=answers`} stands>{t('session')}</Link></Show>
        </div>
      </div>
    </Card>
  );
}

/** The question, the answer beside the key, and what the marker said; loaded when somebody looks. */
function Context(props: { appealId: string }): JSX.Element {
  const t = useMessages(messages);
  const [isOpen, setOpen] = createSignal(false);
  const load = createLoad(() => (isOpen() ? props.appealId : undefined), loadAppeal);
  return (
    <details class="AppealCard__context" onToggle={(event) => event.currentTarget.open && setOpen(true)}>
      <summary>{t('context')}</summary>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="80px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(detail) => (
          <Show when={detail().context} fallback={<p class="soft">{t('noContext')}</p>}>
            {(context) => (
              <div class="stack">
                <RichText text={context().item.text} />
                <AnswerReview staff item={released(context())} />
                <For each={context().files}>
                  {(file) => (
                    <div class="AppealCard__file">
                      <Show when={SHOWN.includes(file.mediaType)}><ImageNotes src={file.href} alt={t('fileImage', { name: file.name })} notes={[]} /></Show>
                      <a class="Link" href={file.href} target="_blank" rel="noopener">{file.name}</a>
                    </div>
                  )}
                </For>
                <Show when={context().comment}>{(comment) => <p><b>{t('markerSaid')}</b> <span dir="auto">{comment()}</span></p>}</Show>
              </div>
            )}
          </Show>
        )}
      </Show>
    </details>
  );
}

function released({ item, key, response }: NonNullable<AppealDetail['context']>): ReleasedItem {
  return { itemId: item.id, section: { index: 0, title: '' }, item, key, response } as unknown as ReleasedItem;
}
