import { useNavigate, useSearchParams } from '@solidjs/router';
import Archive from 'lucide-solid/icons/archive';
import CalendarClock from 'lucide-solid/icons/calendar-clock';
import Copy from 'lucide-solid/icons/copy';
import Eye from 'lucide-solid/icons/eye';
import Pencil from 'lucide-solid/icons/pencil';
import Plus from 'lucide-solid/icons/plus';
import Radio from 'lucide-solid/icons/radio';
import Trash from 'lucide-solid/icons/trash';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { hasRole, useUser } from '#web/lib/auth.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { formatDateTime, formatRelative, formatTime, formatZone } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Menu, type MenuItem } from '#web/ui/Menu.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { toast } from '#web/ui/Toasts.tsx';
import { FilterChip, isWriting, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { copyExam, createExam, deleteExam, type Exam, type ExamPage, type ExamSort, type ExamState, listExams, patchExam } from '../api.ts';
import { totalCount, totalPoints } from '../builder/sections.ts';
import { pointsText } from '../exam-facts.ts';
import { mayChange } from '../ExamHeader.tsx';
import { ExamStateMark } from '../ExamStateMark.tsx';
import { messages as examMessages } from '../messages.ts';
import { messages } from './messages.ts';

import './exam-list.css';

const STATES = ['draft', 'published', 'open', 'closed', 'archived'] as const satisfies readonly ExamState[];
const REFRESH_MS = 30_000;

/** All exams of a teacher, with every state. */
export function ExamListPage(): JSX.Element {
  const t = useMessages(messages);
  const e = useMessages(examMessages);
  const user = useUser();
  const navigate = useNavigate();
  const shell = useShell();
  const mayCreate = (): boolean => hasRole(user(), 'teacher', 'admin');
  createTitle(() => t('title'));
  shell.setBreadcrumbs(() => [{ label: t('title') }]);
  shell.setShortcuts(() => [{ title: t('keys'), keys: [...(mayCreate() ? [{ keys: 'N', does: t('keyNew') }] : []), { keys: '/', does: t('keySearch') }] }]);

  const [search, setSearch] = useSearchParams<{ q: string; state: string; sort: string; new: string }>();
  const [typed, setTyped] = createSignal(search.q ?? '');
  const [isCreating, setCreating] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [archiving, setArchiving] = createSignal<Exam>();
  const [deleting, setDeleting] = createSignal<Exam>();
  createEffect(on(typed, (words) => {
    const timer = setTimeout(() => setSearch({ q: words.trim() || undefined }, { replace: true }), 250);
    onCleanup(() => clearTimeout(timer));
  }, { defer: true }));
  const query = createMemo(() => ({ q: search.q, state: STATES.find((state) => state === search.state), sort: (search.sort ?? '-createdAt') as ExamSort }), undefined, { equals: (one, other) => JSON.stringify(one) === JSON.stringify(other) });
  const exams = createPages<ReturnType<typeof query>, Exam, ExamPage>(query, (wanted, cursor, signal) => listExams({ ...wanted, cursor, limit: 50 }, signal));
  // states change by the clock; a list of further pages stays as it is
  const timer = setInterval(() => document.visibilityState === 'visible' && exams.items().length <= 50 && exams.reload(), REFRESH_MS);
  onCleanup(() => clearInterval(timer));

  const countOf = (state: ExamState): number | undefined => (exams.first() as { states?: Record<ExamState, number> } | undefined)?.states?.[state];
  const allCount = (): number | undefined => (countOf('draft') === undefined ? undefined : STATES.reduce((sum, state) => sum + (countOf(state) ?? 0), 0));

  let createKey = commandKey();
  async function create(): Promise<void> {
    if (isCreating()) return;
    setCreating(true);
    setProblem(undefined);
    try {
      const exam = await createExam({ title: t('newTitle'), durationMinutes: 60 }, createKey);
      createKey = commandKey();
      navigate(`/staff/exams/${exam.id}/edit`);
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setCreating(false);
    }
  }
  async function duplicate(exam: Exam): Promise<void> {
    setProblem(undefined);
    try {
      const copy = await copyExam(exam.id, undefined, commandKey());
      toast(t('duplicated'), { icon: Copy });
      navigate(`/staff/exams/${copy.id}/edit`);
    } catch (thrown) {
      setProblem(thrown);
    }
  }
  function menuOf(exam: Exam): readonly MenuItem[] {
    const at = `/staff/exams/${exam.id}`;
    const isMine = mayChange(user(), exam);
    return [
      ...(isMine ? [{ label: exam.state === 'draft' ? t('edit') : t('settings'), icon: Pencil, href: `${at}/edit` }, { label: t('preview'), icon: Eye, href: `${at}/preview` }] : []),
      ...(exam.state === 'draft' ? [] : [{ label: t('monitor'), icon: Radio, href: `${at}/monitor` }]),
      ...(isMine ? [{ label: t('duplicate'), icon: Copy, onSelect: () => void duplicate(exam) }] : []),
      ...(isMine && exam.state === 'closed' ? [{ separator: true as const }, { label: t('archive'), icon: Archive, onSelect: () => void setArchiving(exam) }] : []),
      ...(isMine && exam.state === 'draft' ? [{ separator: true as const }, { label: t('delete'), icon: Trash, tone: 'act' as const, onSelect: () => void setDeleting(exam) }] : []),
    ];
  }
  onMount(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'n' || !mayCreate() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target) || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      void create();
    };
    document.addEventListener('keydown', onKey);
    // the way of the palette to a new exam
    if (search.new !== undefined) {
      setSearch({ new: undefined }, { replace: true });
      if (mayCreate()) void create();
    }
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  const writing = (exam: Exam): number => { const { sessions } = exam as Exam & { sessions?: { active: number; paused: number } }; return (sessions?.active ?? 0) + (sessions?.paused ?? 0); };
  return (
    <>
      <PageHeader
        title={t('title')}
        sub={mayCreate() ? t('sub') : t('subProctor')}
        actions={<Show when={mayCreate()}><Button kind="primary" icon={Plus} keys="N" busy={isCreating()} busyText={t('adding')} onClick={() => void create()}>{t('add')}</Button></Show>}
      />
      <PageBody class="ExamList">
        <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
        <Show when={exams.error()}>{(thrown) => <ProblemView problem={thrown()} compact busy={exams.isLoading()} onRetry={exams.reload} />}</Show>
        <DataTable
          label={t('title')}
          rows={exams.items()}
          rowKey={(exam) => exam.id}
          loading={exams.isLoading()}
          onOpen={(exam) => navigate(exam.state === 'draft' && mayChange(user(), exam) ? `/staff/exams/${exam.id}/edit` : `/staff/exams/${exam.id}`)}
          sort={{ id: query().sort.replace('-', ''), direction: query().sort.startsWith('-') ? 'descending' : 'ascending' }}
          onSort={({ id, direction }) => setSearch({ sort: `${direction === 'descending' ? '-' : ''}${id}` }, { replace: true })}
          columns={[
            { id: 'title', header: t('exam'), width: '100%', sortable: true, cell: (exam) => <a class="ExamList__title" dir="auto" href={`/staff/exams/${exam.id}`}>{exam.title.trim() === '' ? e('untitled') : exam.title}</a> },
            { id: 'state', header: t('state'), width: '120px', cell: (exam) => <span class="row"><ExamStateMark exam={exam} plain /><Show when={writing(exam) > 0}><span class="soft nowrap">{t('writing', { count: writing(exam) })}</span></Show></span> },
            { id: 'opensAt', header: t('opens'), width: '230px', sortable: true, dropBelow: 640, cell: (exam) => <When exam={exam} /> },
            { id: 'content', header: t('content'), width: '110px', align: 'end', dropBelow: 760, card: 'none', cell: (exam) => <span class="nowrap">{totalCount(exam.sections)} <span class="soft">· {pointsText(totalPoints(exam.sections), e as never)}</span></span> },
            { id: 'students', header: t('students'), width: '80px', align: 'end', dropBelow: 520, card: 'none', cell: (exam) => exam.assignedCount },
            { id: 'updatedAt', header: t('changed'), width: '130px', align: 'end', sortable: true, dropBelow: 880, card: 'none', cell: (exam) => <span class="soft nowrap" title={formatDateTime(exam.updatedAt)}>{formatRelative(exam.updatedAt, serverNowMs())}</span> },
            { id: 'more', header: t('more', { title: '' }), headerHidden: true, width: '52px', align: 'end', card: 'end', cell: (exam) => <Show when={menuOf(exam).length > 0}><Menu size="small" kind="quiet" label={t('more', { title: exam.title })} items={menuOf(exam)} /></Show> },
          ]}
          bar={
            <Toolbar>
              <SearchBox label={t('search')} placeholder={t('searchPlace')} width="240px" value={typed()} onChange={setTyped} />
              <FilterChip pressed={query().state === undefined} count={allCount()} onToggle={() => setSearch({ state: undefined })}>{t('all')}</FilterChip>
              <For each={STATES}>{(state) => <FilterChip pressed={query().state === state} count={countOf(state)} onToggle={(on) => setSearch({ state: on ? state : undefined })}>{e(`state.${state}`)}</FilterChip>}</For>
            </Toolbar>
          }
          empty={
            <Show when={exams.error() === undefined}>
              <Show
                when={query().q !== undefined || query().state !== undefined}
                fallback={<EmptyState bare icon={CalendarClock} title={t('noneTitle')} action={<Show when={mayCreate()}><Button icon={Plus} onClick={() => void create()}>{t('add')}</Button></Show>}>{t('noneText')}</EmptyState>}
              >
                <EmptyState bare icon={CalendarClock} title={t('noneFound')} action={<Button onClick={() => { setTyped(''); setSearch({ q: undefined, state: undefined }); }}>{t('clear')}</Button>}>{t('noneFoundText')}</EmptyState>
              </Show>
            </Show>
          }
          foot={<Show when={exams.isLoaded()}><Pager shown={exams.items().length} total={exams.total()} more={exams.hasMore()} busy={exams.isLoadingMore()} onMore={exams.loadMore} /></Show>}
        />
      </PageBody>
      <ConfirmDialog
        open={archiving() !== undefined}
        onClose={() => setArchiving(undefined)}
        title={t('archiveTitle', { title: archiving()?.title ?? '' })}
        scope={t('archiveScope')}
        verb={t('archiveVerb')}
        onConfirm={async () => { await patchExam(archiving()!.id, archiving()!.version, { state: 'archived' }); exams.reload(); }}
      />
      <ConfirmDialog
        open={deleting() !== undefined}
        onClose={() => setDeleting(undefined)}
        kind="act"
        title={t('deleteTitle', { title: deleting()?.title ?? '' })}
        scope={t('deleteScope')}
        verb={t('deleteVerb')}
        busyText={t('deleting')}
        onConfirm={async () => { const exam = deleting()!; await deleteExam(exam.id, exam.version); exams.mutate((items) => items.filter(({ id }) => id !== exam.id)); exams.reload(); }}
      />
    </>
  );
}

function When(props: { exam: Exam }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.exam.window} fallback={<span class="soft">{t('noWindow')}</span>}>
      {(window) => (
        <span class="ExamList__when">
          <b>{formatDateTime(window().opensAt, { zone: window().timeZone })} {formatZone(window().opensAt, window().timeZone)}</b>
          <span>{t('closes', { time: formatTime(window().closesAt, { zone: window().timeZone }) })}</span>
        </span>
      )}
    </Show>
  );
}
