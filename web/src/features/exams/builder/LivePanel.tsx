import { useNavigate } from '@solidjs/router';
import Clock from 'lucide-solid/icons/clock';
import Copy from 'lucide-solid/icons/copy';
import KeyRound from 'lucide-solid/icons/key-round';
import Radio from 'lucide-solid/icons/radio';
import Snowflake from 'lucide-solid/icons/lock';
import { createSignal, Show, type JSX } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ApiProblem } from '#web/lib/problem.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { copyExam, type Exam, moveWindow } from '../api.ts';
import { factsOf } from '../exam-facts.ts';
import { messages as examMessages } from '../messages.ts';
import { ResultsCard } from './BasicsStep.tsx';
import type { Builder, DraftWindow } from './create-builder.ts';
import { messages } from './messages.ts';
import { PeopleCard } from './PeopleCard.tsx';
import { ScanCard } from './ScanCard.tsx';
import { WindowFacts, WindowFields } from './ScheduleStep.tsx';

/** A published exam: what can still change, and the named ways for the rest. */
export function LivePanel(props: { builder: Builder; onPeople: () => void }): JSX.Element {
  const t = useMessages(messages);
  const e = useMessages(examMessages);
  const navigate = useNavigate();
  const [isMoving, setMoving] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const exam = (): Exam => props.builder.exam();
  const isOver = (): boolean => exam().state === 'closed' || exam().state === 'archived';
  async function duplicate(): Promise<void> {
    setProblem(undefined);
    await copyExam(exam().id, undefined, commandKey()).then((copy) => navigate(`/staff/exams/${copy.id}/edit`), setProblem);
  }
  return (
    <div class="Builder__main Live">
      <Banner tone="info" icon={Snowflake} title={t('liveTitle')}>{t('liveText')}</Banner>
      <Show when={problem()}>{(thrown) => <p class="ink-act" role="alert">{thrown() instanceof ApiProblem ? (thrown() as ApiProblem).detail : String(thrown())}</p>}</Show>
      <ul class="Ways">
        <li><Clock /><div><b>{t('wayWindow')}</b><p>{isOver() ? t('wayWindowOver') : t('wayWindowText')}</p></div><Button disabled={isOver()} onClick={() => setMoving(true)}>{t('wayWindow')}</Button></li>
        <li><Radio /><div><b>{t('wayTime')}</b><p>{t('wayTimeText')}</p></div><Button href={`/staff/exams/${exam().id}/monitor`}>{t('openMonitor')}</Button></li>
        <li><KeyRound /><div><b>{t('wayKey')}</b><p>{t('wayKeyText')}</p></div><Button href={`/staff/exams/${exam().id}/corrections`}>{t('openCorrections')}</Button></li>
        <li><Copy /><div><b>{t('wayCopy')}</b><p>{t('wayCopyText')}</p></div><Button onClick={() => void duplicate()}>{t('duplicate')}</Button></li>
      </ul>
      <Show when={exam().state !== 'archived'}>
        <ResultsCard builder={props.builder} />
        <ScanCard builder={props.builder} />
        <PeopleCard exam={exam()} onChanged={() => props.onPeople()} />
      </Show>
      <Card title={t('factsLive')}><Facts items={factsOf(exam(), e as never)} /></Card>
      <MoveWindowDialog open={isMoving()} onClose={() => setMoving(false)} exam={exam()} onMoved={(moved) => props.builder.take(moved)} />
    </div>
  );
}

function MoveWindowDialog(props: { open: boolean; onClose: () => void; exam: Exam; onMoved: (exam: Exam) => void }): JSX.Element {
  return <Show when={props.open}><MoveWindow {...props} /></Show>;
}

function MoveWindow(props: { onClose: () => void; exam: Exam; onMoved: (exam: Exam) => void }): JSX.Element {
  const t = useMessages(messages);
  const e = useMessages(examMessages);
  const { localStart, localEnd, timeZone } = props.exam.window!;
  const [window, setWindow] = createSignal<DraftWindow>({ localStart, localEnd, timeZone });
  const [errors, setErrors] = createSignal<readonly { pointer: string; message: string }[]>([]);
  let key = commandKey();
  const people = (): string => (props.exam.assignedCount === 1 ? e('student') : e('students', { count: props.exam.assignedCount }));
  const isSame = (): boolean => window().localStart === localStart && window().localEnd === localEnd && window().timeZone === timeZone;
  async function move(reason: string): Promise<void> {
    try {
      const reply = await moveWindow(props.exam.id, { ...window(), reason }, key);
      props.onMoved({ ...reply.exam, notes: reply.notes });
      toast(t('moveDone', { affected: reply.affected }));
    } catch (thrown) {
      if (thrown instanceof ApiProblem && thrown.status < 500) key = commandKey();
      if (thrown instanceof ApiProblem) setErrors(thrown.errors);
      throw thrown;
    }
  }
  return (
    <ConfirmDialog open onClose={() => props.onClose()} size={640} title={t('moveTitle', { title: props.exam.title })} scope={t('moveScope', { people: people() })} verb={t('moveVerb')} busyText={t('moving')} reason="required" reasonLabel={t('moveReason')} disabled={isSame()} onConfirm={({ reason }) => move(reason)}>
      <WindowFields value={window()} durationMinutes={props.exam.durationMinutes} onChange={(next) => { setErrors([]); setWindow(next); key = commandKey(); }} errorAt={(name) => errors().find(({ pointer }) => pointer === `/${name}`)?.message} />
      <WindowFacts value={window()} durationMinutes={props.exam.durationMinutes} notes={[]} />
    </ConfirmDialog>
  );
}
