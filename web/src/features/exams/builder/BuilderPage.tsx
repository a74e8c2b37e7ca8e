import { useNavigate, useParams, useSearchParams } from '@solidjs/router';
import Check from 'lucide-solid/icons/check';
import CloudAlert from 'lucide-solid/icons/cloud-alert';
import CloudCheck from 'lucide-solid/icons/cloud-check';
import CloudOff from 'lucide-solid/icons/cloud-off';
import CloudUpload from 'lucide-solid/icons/cloud-upload';
import Eye from 'lucide-solid/icons/eye';
import Undo from 'lucide-solid/icons/undo-2';
import { createEffect, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createLeaveGuard } from '#web/lib/create-leave-guard.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDate, formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import type { Icon } from '#web/ui/icon.ts';
import { LinkButton } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { type Exam, type Finding, patchExam, readExam, readReadiness } from '../api.ts';
import { createExam } from '../create-exam.ts';
import { ExamHeader } from '../ExamHeader.tsx';
import { messages as examMessages } from '../messages.ts';
import { BasicsStep } from './BasicsStep.tsx';
import { BuilderAside } from './BuilderAside.tsx';
import { type Builder, createBuilder, type SaveState } from './create-builder.ts';
import { createQuestions } from './create-questions.ts';
import { ExamConflictDialog } from './ExamConflictDialog.tsx';
import { LivePanel } from './LivePanel.tsx';
import { messages } from './messages.ts';
import { QuestionsStep } from './QuestionsStep.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { ScheduleStep } from './ScheduleStep.tsx';
import { totalCount } from './sections.ts';

import './builder.css';

const STEPS = ['basics', 'questions', 'schedule', 'review'] as const;
type Step = (typeof STEPS)[number];

/** Page that builds an exam, or changes what can still change of a published one. */
export function BuilderPage(): JSX.Element {
  const t = useMessages(messages);
  const e = useMessages(examMessages);
  const params = useParams<{ examId: string }>();
  const exam = createExam(() => params.examId);
  // as it is typed, once the builder is there
  const [typedName, setTypedName] = createSignal<() => string>();
  const name = (): string => typedName()?.() ?? exam.value()?.title ?? '';
  createTitle(() => t('title', { title: name() }));
  useShell().setBreadcrumbs(() => [{ label: e('exams'), href: '/staff/exams' }, { label: name() || '…', href: `/staff/exams/${params.examId}` }, { label: exam.value() === undefined || exam.value()!.state === 'draft' ? e('edit') : e('settings') }]);
  return (
    <Show
      when={exam.value()}
      keyed
      fallback={
        <PageBody class="ExamWait">
          <Show when={exam.error()} fallback={<><Skeleton kind="text" count={2} /><Skeleton kind="block" height="56px" /><Skeleton kind="block" height="420px" /></>}>
            {(problem) => <ProblemView heads problem={problem()} busy={exam.isLoading()} onRetry={exam.reload} />}
          </Show>
        </PageBody>
      }
    >
      {(found) => <ExamBuilder initial={found} onName={(title) => setTypedName(() => title)} />}
    </Show>
  );
}

function ExamBuilder(props: { initial: Exam; onName: (title: () => string) => void }): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams<{ step: string }>();
  const [checked, setChecked] = createSignal(0);
  const id = props.initial.id;
  const builder = createBuilder(props.initial, { patch: (version, patch, options) => patchExam(id, version, patch, options), read: () => readExam(id), onSaved: () => setChecked((count) => count + 1) });
  const [showsConflict, setShowsConflict] = createSignal(true);
  createEffect(on(builder.theirs, (theirs) => theirs !== undefined && setShowsConflict(true)));
  props.onName(() => builder.draft.title);
  const guard = createLeaveGuard(() => builder.isUnsaved() && builder.state() !== 'saving');
  // what can be saved is saved, and then the way is free
  createEffect(() => {
    if (!guard.isAsking()) return;
    void builder.flush().then((isDone) => (isDone ? guard.leave() : guard.stay()));
  });
  const questions = createQuestions(() => builder.draft.sections.flatMap((section) => section.items.map(({ questionId }) => questionId)));
  const isDraft = (): boolean => builder.exam().state === 'draft';
  const readiness = createLoad(() => (isDraft() ? checked() : undefined), (_, signal) => readReadiness(id, signal));
  const step = (): Step => STEPS.find((known) => known === search.step) ?? 'basics';
  const at = (): number => STEPS.indexOf(step());
  function go(to: Step): void {
    setSearch({ step: to });
    window.scrollTo({ top: 0 });
    void builder.flush();
  }
  function goTo(finding: Finding): void {
    go(finding.step);
    const [, first, section, part, index] = finding.pointer.split('/');
    setTimeout(() => {
      const place = first === 'sections' && section !== undefined ? document.querySelector(`[data-section="${section}"]`) : undefined;
      const target = part === 'items' && index !== undefined ? place?.querySelectorAll<HTMLElement>('.Item__points')[Number(index)] : (place?.querySelector<HTMLElement>(part === 'draw' ? '.Draw select' : '.Section__title') ?? document.querySelector<HTMLElement>(first === 'window' ? 'input[type="datetime-local"]' : '#exam-title'));
      target?.scrollIntoView({ block: 'center' });
      target?.focus({ preventScroll: true });
    });
  }
  async function reread(): Promise<void> {
    builder.take(await readExam(id));
    setChecked((count) => count + 1);
  }
  onMount(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || !isDraft() || document.querySelector('[role="dialog"]') !== null) return;
      const next = STEPS[at() + 1];
      if (next === undefined) return;
      event.preventDefault();
      go(next);
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  createEffect(on(step, () => document.querySelector<HTMLElement>('.Steps [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), { defer: true }));
  useShell().setShortcuts(() => [{ title: t('keys'), keys: [{ keys: 'A', does: t('keyAdd') }, { keys: 'N', does: t('keyNew') }, { keys: 'D', does: t('keyDraw') }, { keys: 'Alt Up', does: t('keyMove') }, { keys: 'Ctrl Enter', does: t('keyNext') }] }]);
  return (
    <>
      <ExamHeader
        exam={{ ...builder.exam(), title: builder.draft.title }}
        page="edit"
        line={<SaveLine builder={builder} onChoose={() => setShowsConflict(true)} />}
        actions={
          <>
            <Button kind="quiet" icon={Undo} disabled={!builder.canUndo()} onClick={() => builder.undo()}>{t('undo')}</Button>
            <Button icon={Eye} onClick={() => void builder.flush().then(() => navigate(`/staff/exams/${id}/preview`))}>{t('previewButton')}</Button>
          </>
        }
      />
      <PageBody class="BuilderPage">
        <Show when={isDraft()} fallback={<LivePanel builder={builder} onPeople={() => void reread()} />}>
          <Steps builder={builder} step={step()} findings={readiness.value()?.errors ?? []} isChecked={readiness.value() !== undefined} onGo={go} />
          <div class="Builder">
            <div class="Builder__main">
              <Dynamic
                component={{
                  basics: () => <BasicsStep builder={builder} />,
                  questions: () => <QuestionsStep builder={builder} questions={questions} readiness={readiness.value()} />,
                  schedule: () => <ScheduleStep builder={builder} onPeople={() => void reread()} />,
                  review: () => <ReviewStep builder={builder} questions={questions} readiness={readiness.value()} onGo={goTo} onPublished={(exam) => { builder.take(exam); toast(t('published')); navigate(`/staff/exams/${id}`); }} />,
                }[step()]}
              />
              <div class="Builder__foot">
                <span class="soft">{t('leaveNote')}</span>
                <span class="push row">
                  <Show when={at() > 0}><Button onClick={() => go(STEPS[at() - 1]!)}>{t('back')}</Button></Show>
                  <Show when={STEPS[at() + 1]}>{(next) => <Button kind="primary" keys="Ctrl Enter" onClick={() => go(next())}>{t('next', { step: t(`to.${next() as 'questions'}`) })}</Button>}</Show>
                </span>
              </div>
            </div>
            <BuilderAside builder={builder} questions={questions} readiness={readiness.value()} error={readiness.error()} bare={step() === 'review'} onGo={goTo} />
          </div>
        </Show>
      </PageBody>
      <ExamConflictDialog builder={builder} open={showsConflict()} onClose={() => setShowsConflict(false)} />
    </>
  );
}

const SIGNS: Readonly<Record<SaveState, Icon>> = { saved: CloudCheck, waiting: CloudUpload, saving: CloudUpload, invalid: CloudAlert, offline: CloudOff, failed: CloudAlert, conflict: CloudAlert };

function SaveLine(props: { builder: Builder; onChoose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const text = (): string => t(`save.${props.builder.state()}`, { time: formatTime(props.builder.savedAtMs() ?? props.builder.exam().updatedAt, { seconds: true }) } as never);
  return (
    <>
      <span class="SaveLine" data-state={props.builder.state()} role="status"><Dynamic component={SIGNS[props.builder.state()]} />{text()}</span>
      <Show when={props.builder.state() === 'conflict'}><LinkButton onClick={() => props.onChoose()}>{t('conflictChoose')}</LinkButton></Show>
      <Show when={props.builder.state() === 'failed' && props.builder.problem()}>{(problem) => <span>{problem() instanceof Error ? (problem() as Error).message : ''}</span>}</Show>
    </>
  );
}

function Steps(props: { builder: Builder; step: Step; findings: readonly Finding[]; isChecked: boolean; onGo: (step: Step) => void }): JSX.Element {
  const t = useMessages(messages);
  const missing = (step: Step): number => props.findings.filter((finding) => finding.step === step).length;
  const isDone = (step: Step): boolean => props.isChecked && (step === 'review' ? false : missing(step) === 0 && (step !== 'questions' || totalCount(props.builder.draft.sections) > 0));
  const note = (step: Step): string => {
    const { draft } = props.builder;
    const count = missing(step);
    const lack = count === 0 ? '' : count === 1 ? t('stepMissingOne') : t('stepMissing', { count });
    if (step === 'basics') return lack || t('stepBasics', { duration: formatDuration(draft.durationMinutes * 60_000), attempts: draft.attempts === 1 ? t('attemptOne') : t('attemptMany', { count: draft.attempts }) });
    if (step === 'questions') {
      const total = totalCount(draft.sections);
      return [total === 0 ? t('stepNoQuestions') : total === 1 ? t('stepQuestionsOne') : t('stepQuestions', { count: total }), total === 0 ? '' : lack].filter((part) => part !== '').join(', ');
    }
    if (step === 'schedule') {
      const { window, assignedCount } = props.builder.exam();
      return [window === null ? t('stepNoWindow') : formatDate(window.opensAt, { zone: window.timeZone, weekday: 'short' }), assignedCount === 0 ? t('stepNobody') : assignedCount === 1 ? t('stepPeopleOne') : t('stepPeople', { count: assignedCount })].join(', ');
    }
    return props.isChecked && props.findings.length === 0 ? t('stepReady') : t('stepNotReady');
  };
  return (
    <nav class="Steps" aria-label={t('steps')}>
      <For each={STEPS}>
        {(step, index) => (
          <button type="button" aria-current={props.step === step ? 'step' : undefined} data-done={isDone(step) ? '' : undefined} onClick={() => props.onGo(step)}>
            <span class="Steps__n"><Show when={isDone(step) && props.step !== step} fallback={index() + 1}><Check /></Show></span>
            <span class="Steps__words"><b>{t(`step.${step}`)}</b><small>{note(step)}</small></span>
          </button>
        )}
      </For>
    </nav>
  );
}
