import EyeOff from 'lucide-solid/icons/eye-off';
import ListChecks from 'lucide-solid/icons/list-checks';
import { useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, type JSX, Show } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { type Answer, type AnswerRow, keepComment, loadComments, loadOverview, loadRows, loadSession, type Mine, type Role } from '../api.ts';
import { messages } from '../messages.ts';
import type { Box, Remark } from '../notes/note.ts';
import { bare } from '../points-text.ts';
import { questionName } from '../question-name.ts';
import { AnswerCard } from './AnswerCard.tsx';
import { neighbour } from './cells.ts';
import { ConflictCard } from './ConflictCard.tsx';
import { createDesk } from './create-desk.ts';
import { FlagDialog } from './FlagDialog.tsx';
import { MarkPanel } from './MarkPanel.tsx';
import { MarkSide } from './MarkSide.tsx';
import { NoteDialog, type NotePlace } from './NoteDialog.tsx';
import { ProgressCells } from './ProgressCells.tsx';
import { ReconcileCard } from './ReconcileCard.tsx';
import { rowOf } from './row-of.ts';
import { SoFar } from './SoFar.tsx';
import { selectedPlace, trimPlace } from './text-selection.ts';
import { WorkspaceEnd } from './WorkspaceEnd.tsx';

import './workspace.css';

/** Props of the page where answers are marked. */
export interface WorkspaceProps {
  examId: string;
  /** By question: the item; by student: the session, whose items come one after the other. */
  itemId?: string;
  sessionId?: string;
  /** The answer to begin with. */
  start?: { sessionId: string; itemId: string };
  role: Role;
}

/** Marks answers one after the other, by question or by student. */
export function WorkspacePage(props: WorkspaceProps): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const at = `/staff/exams/${props.examId}/marking`;
  const by = props.itemId === undefined ? 'student' : 'item';
  const overview = createLoad(() => props.examId, loadOverview);
  const [rows, setRows] = createSignal<readonly AnswerRow[]>([]);
  const [mine, setMine] = createSignal<Mine>();
  const [asks, setAsks] = createSignal<'note' | 'flag'>();
  const [place, setPlace] = createSignal<NotePlace>();
  // where on which image the note is to be put that the dialog asks for
  let box: (Box & { readonly fileId: string | null }) | undefined;
  let text: HTMLElement | undefined;
  let page!: HTMLDivElement;

  const list = createLoad(() => props.itemId ?? props.sessionId, async (_id, signal) => {
    if (props.itemId !== undefined) {
      const found = await loadRows(props.examId, props.itemId, signal);
      setMine(found.mine);
      setRows(found.rows);
    } else {
      setRows((await loadSession(props.sessionId!, signal)).items.map(rowOf));
    }
    return true;
  });
  const desk = createDesk({
    examId: props.examId,
    source: () => ({ by, role: props.role, ...(props.itemId === undefined ? { sessionId: props.sessionId! } : { itemId: props.itemId }) }),
    onChange: (changed) => {
      if (changed !== undefined) setRows((all) => all.map((row) => (row.sessionId === changed.sessionId && row.itemId === changed.itemId ? { ...row, ...rowOf(changed) } : row)));
      setPlace(undefined);
    },
  });
  const answer = desk.answer;
  const itemId = (): string | undefined => props.itemId ?? answer()?.itemId;
  const item = createMemo(() => overview.value()?.items.find((one) => one.itemId === itemId()));
  const comments = createLoad(itemId, (id, signal) => loadComments(props.examId, id, signal), { forget: true });
  const title = (): string => (by === 'student' ? (answer()?.student?.name ?? (answer() === undefined ? t('byStudent') : t('studentCode', { code: answer()!.code }))) : questionName(t, item()));
  const step = (direction: 1 | -1): AnswerRow | undefined => (by === 'item' ? neighbour(rows(), answer()?.sessionId, direction) : rows()[rows().findIndex((row) => row.itemId === answer()?.itemId) + direction]);
  const mayMark = (): boolean => answer()?.role != null;

  createTitle(() => `${title()} · ${t('marking')}`);
  useShell().setBreadcrumbs(() => [
    { label: t('exams'), href: '/staff/exams' },
    ...(overview.value() === undefined ? [] : [{ label: overview.value()!.title, href: `/staff/exams/${props.examId}` }]),
    { label: t('marking'), href: at }, { label: title() },
  ]);
  useShell().setShortcuts(() => [
    { title: t('keysAnywhere'), keys: [{ keys: 'Ctrl Enter', does: t('keySave') }] },
    { title: t('keysList'), keys: [{ keys: '1 … 9', does: t('keyDigit') }, { keys: 'Up Down', does: t('keyLines') }, { keys: 'J', does: t('keyNext') }, { keys: 'K', does: t('keyBack') }, { keys: 'F', does: t('keyFlag') }, { keys: 'A', does: t('keyNote') }, { keys: 'P', does: t('keyPoints') }, { keys: 'C', does: t('keyComment') }] },
  ]);

  const open = (row: AnswerRow | undefined): void => void (row !== undefined && desk.open(row).then(focusMark));
  const annotate = (): void => {
    const selected = text === undefined || document.getSelection() === null ? undefined : selectedPlace(text, document.getSelection());
    const trimmed = selected === undefined ? undefined : trimPlace(answer()!.text!, selected);
    setPlace(trimmed === undefined ? undefined : { kind: 'text', ...trimmed });
    setAsks('note');
  };
  const annotateImage = (fileId: string | null, at: Box): void => {
    box = { ...at, fileId };
    setPlace({ kind: 'image' });
    setAsks('note');
  };
  function addNote(note: Omit<Remark, 'id'>, words: { start: number; end: number } | undefined): void {
    if (words !== undefined) return desk.draft.addNote({ ...note, ...words });
    const id = desk.draft.addImageNote({ ...note, ...box! });
    focusNote(id);
  }
  // it can be moved at once; the dialog gives the focus back when it has gone, so this comes after that
  function focusNote(id: string, frames = 60): void {
    requestAnimationFrame(() => {
      if (frames > 0 && document.querySelector('[role="dialog"]') !== null) return focusNote(id, frames - 1);
      setTimeout(() => page.querySelector<HTMLElement>(`[data-note="${id}"]`)?.focus(), 50);
    });
  }
  async function save(): Promise<void> {
    const agrees = page.querySelector<HTMLButtonElement>('[data-agree]');
    if (agrees !== null) return agrees.click();
    if (!mayMark() || desk.theirs() !== undefined || !(await desk.save())) return;
    await goOn();
  }
  async function goOn(): Promise<void> {
    if (by === 'student') {
      const following = rows().find((row) => row.itemId !== answer()?.itemId && row.state !== 'done' && !row.mine && (row.lease === null || row.lease.mine));
      if (following !== undefined) return desk.open(following).then(focusMark);
    }
    await desk.next();
    if (by === 'student' && answer() !== undefined && answer()!.sessionId !== props.sessionId) return void navigate(`${at}/students/${answer()!.sessionId}`);
    void list.reload();
    focusMark();
  }
  // the hand goes on where the next mark begins: at the rubric, else at the points
  function focusMark(): void {
    queueMicrotask(() => (page.querySelector<HTMLElement>('[data-line][tabindex="0"]') ?? page.querySelector<HTMLElement>('.MarkPanel__points > input:enabled') ?? page.querySelector<HTMLElement>('#answer-head'))?.focus({ preventScroll: true }));
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      j: () => open(step(1)), k: () => open(step(-1)), f: () => setAsks('flag'), a: () => answer()?.text != null && mayMark() && annotate(),
      p: () => page.querySelector<HTMLInputElement>('.MarkPanel__points > input')?.select(), c: () => page.querySelector<HTMLTextAreaElement>('.MarkPanel__comment textarea')?.focus(),
    };
    const act = acts[event.key.toLowerCase()];
    if (act === undefined || answer() === undefined) return;
    event.preventDefault();
    act();
  };
  onMount(() => {
    const onSave = (event: KeyboardEvent): void => {
      // a dialog has taken the same keys, and may be closed by now
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || asks() !== undefined) return;
      event.preventDefault();
      void save();
    };
    document.addEventListener('keydown', onSave);
    onCleanup(() => document.removeEventListener('keydown', onSave));
    void (props.start === undefined ? (by === 'item' ? desk.next() : begin()) : desk.open(props.start)).then(focusMark);
  });
  async function begin(): Promise<void> {
    const { items } = await loadSession(props.sessionId!, new AbortController().signal).catch(() => ({ items: [] as Answer[] }));
    const first = items.find((one) => one.role !== null) ?? items[0];
    await (first === undefined ? desk.next() : desk.open(first));
  }
  // what others do shows without a reload
  const refreshing = setInterval(() => document.visibilityState === 'visible' && rows().length <= 400 && list.reload(), 20_000);
  onCleanup(() => clearInterval(refreshing));
  createEffect(on(desk.isEmpty, (isEmpty) => isEmpty && overview.reload(), { defer: true }));

  const sub = (): string => [by === 'student' && item() !== undefined ? questionName(t, item()) : '', item() === undefined ? '' : t('subPoints', { points: bare(item()!.maxPoints) }), item() === undefined ? '' : t(`type.${item()!.type}`), props.role === 'second' ? t('subSecond') : '', desk.remaining() === undefined ? '' : t('subRemaining', { count: desk.remaining()! })].filter((part) => part !== '').join(', ');
  return (
    <div ref={page}>
      <PageHeader
        title={<span dir="auto">{title()}</span>}
        badge={<Show when={overview.value()?.settings.anonymous}><Badge line icon={EyeOff}>{t('anonymous')}</Badge></Show>}
        sub={sub()}
        actions={
          <>
            <Segmented name={t('order')} value={by} options={[{ value: 'item', label: t('byQuestion') }, { value: 'student', label: t('byStudent') }]} onChange={(next) => void (answer() !== undefined && navigate(next === 'student' ? `${at}/students/${answer()!.sessionId}?item=${answer()!.itemId}` : `${at}/items/${answer()!.itemId}?answer=${answer()!.sessionId}`))} />
            <Show when={overview.value()?.owner && itemId()}><Button icon={ListChecks} href={`${at}/items/${itemId()}/rubric`}>{t('rubric')}</Button></Show>
          </>
        }
      />
      <PageBody class="Workspace">
        <Show when={rows().length > 0} fallback={list.error() === undefined ? <Skeleton kind="block" height="44px" /> : <ProblemView compact problem={list.error()} onRetry={list.reload} busy={list.isLoading()} />}>
          <ProgressCells rows={rows()} now={answer()} medianSeconds={overview.value()?.me.medianSeconds ?? null} onOpen={open} onKey={onKey} />
        </Show>
        <Show when={answer()} fallback={
          <Show when={desk.isEmpty()} fallback={desk.problem() === undefined ? <div class="Workspace__columns"><Skeleton kind="block" height="460px" /><Skeleton kind="block" height="360px" /></div> : <ProblemView problem={desk.problem()} onRetry={() => void (props.start === undefined ? desk.next() : desk.open(props.start))} busy={desk.isLoading()} />}>
            <WorkspaceEnd examId={props.examId} itemId={props.itemId} role={props.role} overview={overview.value()} rows={rows()} />
          </Show>
        }>
          {(now) => (
            <div class="Workspace__columns" aria-busy={desk.isLoading() ? 'true' : undefined}>
              <div class="Workspace__main">
                <Show when={desk.theirs()}><ConflictCard desk={desk} answer={now()} onDone={() => void goOn()} /></Show>
                <AnswerCard desk={desk} answer={now()} textRef={(element) => (text = element)} canGoBack={step(-1) !== undefined} onBack={() => open(step(-1))} onAnnotate={annotate} onAnnotateImage={annotateImage} onFlag={() => setAsks('flag')} onSave={() => void save()} />
                <Show when={mine() !== undefined && mine()!.done > 0}><SoFar mine={mine()!} maxPoints={now().maxPoints} now={desk.draft.points()} /></Show>
              </div>
              <aside class="Workspace__side" aria-label={t('mark')}>
                <Show when={now().state === 'reconcile' && now().marks.length > 1} fallback={
                  <MarkPanel
                    desk={desk} answer={now()} comments={comments.value() ?? []} rubricHref={overview.value()?.owner ? `${at}/items/${now().itemId}/rubric` : undefined} onKey={onKey}
                    onKeepComment={(comment) => keepComment(props.examId, now().itemId, comment).then(() => (comments.reload(), toast(t('commentKept'))), () => void toast(t('commentNotKept')))}
                  />
                }>
                  <ReconcileCard answer={now()} onDone={(done) => (desk.take(done), list.reload(), toast(t('agreed')))} />
                </Show>
                <Show when={now().state === 'done' && now().marks.length > 1}><div class="MarkSides"><For each={now().marks}>{(mark) => <MarkSide title={t(`roleOf.${mark.role}`, { name: mark.grader.name })} mark={mark} rubric={now().rubric} max={now().maxPoints} />}</For></div></Show>
              </aside>
              <NoteDialog open={asks() === 'note'} text={now().text ?? ''} place={place()} rubric={now().rubric} onClose={() => setAsks(undefined)} onAdd={addNote} />
              <FlagDialog open={asks() === 'flag'} answer={now()} onClose={() => setAsks(undefined)} onFlag={(note) => desk.flag(note)} />
            </div>
          )}
        </Show>
      </PageBody>
    </div>
  );
}
