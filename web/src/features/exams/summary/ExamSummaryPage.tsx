import { useParams } from '@solidjs/router';
import Pencil from 'lucide-solid/icons/pencil';
import Radio from 'lucide-solid/icons/radio';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createEffect, For, onCleanup, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { useUser } from '#web/lib/auth.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime, formatRelative } from '#web/lib/format.ts';
import { request } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { createTitle } from '#web/lib/title.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { CopyButton } from '#web/ui/CopyButton.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { Link } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { StackedBar, type StackedPart } from '#web/ui/StackedBar.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import type { Exam } from '../api.ts';
import { countOf, pointsOf } from '../builder/sections.ts';
import { createExam } from '../create-exam.ts';
import { factsOf, pointsText } from '../exam-facts.ts';
import { ExamHeader, mayChange } from '../ExamHeader.tsx';
import { messages as examMessages } from '../messages.ts';
import { messages } from './messages.ts';

import './exam-summary.css';

type CountName = 'notStarted' | 'active' | 'paused' | 'submitted' | 'expired' | 'terminated' | 'withdrawn';
type Counts = Readonly<Record<CountName | 'assigned' | 'helpOpen', number>>;

const FILLS: Readonly<Record<CountName, StackedPart['fill']>> = { notStarted: 'absent', active: 'accent', paused: 'attention', submitted: 'done', expired: 'quiet', terminated: 'quiet', withdrawn: 'quiet' };
const REFRESH_MS = 15_000;

/** Page of an exam: where it stands, its rules, its questions, and the ways on. */
export function ExamSummaryPage(): JSX.Element {
  const e = useMessages(examMessages);
  const params = useParams<{ examId: string }>();
  const exam = createExam(() => params.examId);
  createTitle(() => exam.value()?.title ?? e('exams'));
  useShell().setBreadcrumbs(() => [{ label: e('exams'), href: '/staff/exams' }, { label: exam.value()?.title || '…' }]);
  // opens and closes by the clock
  createEffect(() => {
    const window = exam.value()?.window;
    if (window == null) return;
    const next = [window.opensAt, window.closesAt].map((at) => Date.parse(at) - serverNowMs()).filter((ms) => ms > 0 && ms < 2_000_000_000);
    if (next.length === 0) return;
    const timer = setTimeout(exam.reload, Math.min(...next) + 500);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Show
      when={exam.value()}
      fallback={
        <PageBody class="ExamWait">
          <Show when={exam.error()} fallback={<><Skeleton kind="text" count={2} /><Skeleton kind="block" height="320px" /></>}>
            {(problem) => <ProblemView heads problem={problem()} busy={exam.isLoading()} onRetry={exam.reload} />}
          </Show>
        </PageBody>
      }
    >
      {(found) => <Summary exam={found()} />}
    </Show>
  );
}

function Summary(props: { exam: Exam }): JSX.Element {
  const t = useMessages(messages);
  const e = useMessages(examMessages);
  const user = useUser();
  const isMine = (): boolean => mayChange(user(), props.exam);
  const at = (): string => `/staff/exams/${props.exam.id}`;
  const isPublished = (): boolean => props.exam.state !== 'draft';
  return (
    <>
      <ExamHeader
        exam={props.exam}
        page="summary"
        actions={
          <Show when={isPublished()} fallback={<Show when={isMine()}><Button kind="primary" icon={Pencil} href={`${at()}/edit`}>{t('edit')}</Button></Show>}>
            <Button kind={props.exam.state === 'open' ? 'primary' : 'secondary'} icon={Radio} href={`${at()}/monitor`}>{t('openMonitor')}</Button>
          </Show>
        }
      />
      <PageBody class="ExamSummary">
        <Show when={isPublished()} fallback={<Banner tone="neutral" icon={Pencil} title={t('draftTitle')}>{t('draftText')}</Banner>}>
          <Standing exam={props.exam} isMine={isMine()} />
        </Show>
        <div class="ExamSummary__columns">
          <div class="ExamSummary__main">
            <Show when={props.exam.description.trim() !== ''}><Card title={t('description')}><p class="ExamSummary__text" dir="auto">{props.exam.description}</p></Card></Show>
            <Card title={t('rules')} footer={<span>{isPublished() && props.exam.publishedAt !== null ? t('history', { created: formatDateTime(props.exam.createdAt), published: formatDateTime(props.exam.publishedAt) }) : t('historyDraft', { created: formatDateTime(props.exam.createdAt), changed: formatDateTime(props.exam.updatedAt) })}</span>}><Facts items={factsOf(props.exam, e as never)} /></Card>
            <Show when={props.exam.instructions.trim() !== ''}><Card title={t('instructions')}><p class="ExamSummary__text" dir="auto">{props.exam.instructions}</p></Card></Show>
          </div>
          <div class="ExamSummary__side">
            <Card title={t('sections')} flush>
              <ol class="ExamSummary__sections">
                <For each={props.exam.sections} fallback={<li class="soft">{t('noQuestions')}</li>}>
                  {(section, index) => (
                    <li>
                      <b dir="auto">{section.title.trim() || t('section', { number: index() + 1 })}</b>
                      <span class="soft">{t('sectionLine', { questions: countOf(section) === 1 ? e('question') : e('questions', { count: countOf(section) }), points: pointsText(pointsOf(section), e as never) })}</span>
                      <Show when={section.draw}>{(draw) => <span class="soft">{t('drawn', { count: draw().count, tag: draw().tag })}</span>}</Show>
                    </li>
                  )}
                </For>
              </ol>
            </Card>
            <p class="ExamSummary__id soft">{t('copyId')} <code>{props.exam.id}</code> <CopyButton text={props.exam.id} size="small" name={t('copyId')} /></p>
          </div>
        </div>
      </PageBody>
    </>
  );
}

function Standing(props: { exam: Exam; isMine: boolean }): JSX.Element {
  const t = useMessages(messages);
  const counts = createLoad(() => props.exam.id, (id, signal) => request<Counts>('GET', `/exams/${id}/session-counts`, { signal }));
  const timer = setInterval(() => props.exam.state === 'open' && document.visibilityState === 'visible' && counts.reload(), REFRESH_MS);
  onCleanup(() => clearInterval(timer));
  const parts = (): StackedPart[] => (Object.keys(FILLS) as CountName[]).map((name) => ({ key: name, label: t(`state.${name}`), count: counts.value()?.[name] ?? 0, fill: FILLS[name] })).filter(({ count, key }) => count > 0 || key === 'notStarted' || key === 'active' || key === 'submitted');
  const at = (): string => `/staff/exams/${props.exam.id}`;
  return (
    <Card
      title={t('now')}
      badge={
        <>
          <Show when={props.exam.state === 'published' && props.exam.window}>{(window) => <Badge tone="info">{t('opensIn', { when: formatRelative(window().opensAt, serverNowMs()) })}</Badge>}</Show>
          <Show when={(counts.value()?.helpOpen ?? 0) > 0}><Badge tone="act" icon={TriangleAlert}>{counts.value()!.helpOpen === 1 ? t('helpOpenOne') : t('helpOpen', { count: counts.value()!.helpOpen })}</Badge></Show>
        </>
      }
      footer={
        <>
          <span>{props.exam.resultsPublishedAt === null ? t('resultsNot') : t('resultsPublished', { at: formatDateTime(props.exam.resultsPublishedAt) })}</span>
          <span class="push row wrap"><Show when={props.isMine}><Link href={`${at()}/results`}>{t('openResults')}</Link></Show><Link href={`${at()}/close-out`}>{t('closeOut')}</Link></span>
        </>
      }
    >
      <Show when={counts.value()} fallback={<Show when={counts.error()} fallback={<Skeleton kind="block" height="48px" />}>{(problem) => <ProblemView problem={problem()} compact onRetry={counts.reload} />}</Show>}>
        <StackedBar label={t('bar')} parts={parts()} />
      </Show>
    </Card>
  );
}
