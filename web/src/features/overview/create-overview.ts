import { onCleanup } from 'solid-js';

import { loadCloseOut, type CloseOut } from '#web/features/close-out/api.ts';
import { loadAppeals, loadOwnReviews } from '#web/features/appeals/api.ts';
import { listExams, type Exam } from '#web/features/exams/api.ts';
import { loadExams as loadMarkingExams } from '#web/features/marking/api.ts';
import { readLive, type LiveExam } from '#web/features/monitor/create-live-now.ts';
import { hasRole, useUser } from '#web/lib/auth.ts';
import { createLoad, type Load } from '#web/lib/create-load.ts';
import { request } from '#web/lib/http.ts';

/** A closed exam with its certificate, where that can be read. */
export interface ClosedExam {
  readonly exam: Exam;
  readonly closeOut: CloseOut | undefined;
}

/** Work after an exam that waits for the reader. */
export interface Waiting {
  readonly kind: 'mark' | 'agree' | 'appeal' | 'review';
  readonly count: number;
  readonly title: string;
  readonly href: string;
}

/** How many of each there are, for somebody who begins. */
export interface FirstSteps {
  readonly questions: number;
  readonly people: number;
}

/** Everything on the overview. */
export interface Overview {
  readonly live: Load<readonly LiveExam[]>;
  readonly upcoming: Load<readonly Exam[]>;
  readonly closed: Load<readonly ClosedExam[]>;
  readonly drafts: Load<readonly Exam[]>;
  readonly waiting: Load<readonly Waiting[]>;
  readonly firstSteps: Load<FirstSteps>;
}

const LIVE_MS = 10_000;
const REST_MS = 60_000;
const FEW = 6;

/** Loads the overview and keeps it up to date while it is visible. */
export function createOverview(): Overview {
  const user = useUser();
  const live = createLoad<true, readonly LiveExam[]>(() => true, () => readLive(20));
  const upcoming = createLoad<true, readonly Exam[]>(() => true, async (_key, signal) => (await listExams({ state: 'published', sort: 'opensAt', limit: FEW }, signal)).items);
  const closed = createLoad<true, readonly ClosedExam[]>(() => true, async (_key, signal) => {
    const { items } = await listExams({ state: 'closed', sort: '-opensAt', limit: 5 }, signal);
    return Promise.all(items.map(async (exam) => ({ exam, closeOut: await loadCloseOut(exam.id, signal).catch(() => undefined) })));
  });
  // proctors have no drafts, and nothing to mark
  const drafts = createLoad<true, readonly Exam[]>(() => (hasRole(user(), 'teacher', 'admin') ? true : undefined), async (_key, signal) => (await listExams({ state: 'draft', sort: '-updatedAt', limit: FEW }, signal)).items);
  const waiting = createLoad<readonly ClosedExam[], readonly Waiting[]>(() => (hasRole(user(), 'teacher', 'admin') ? closed.value() : undefined), readWaiting);
  const isEmpty = (): true | undefined => ([live, upcoming, closed, drafts].every(({ value }) => value()?.length === 0) ? true : undefined);
  const firstSteps = createLoad<true, FirstSteps>(isEmpty, async (_key, signal) => {
    const count = async (path: string, query: Record<string, string>): Promise<number> => {
      const page = await request<{ items: unknown[]; total?: number }>('GET', path, { query: { ...query, limit: 1 }, signal }).catch(() => ({ items: [] as unknown[] }));
      return ('total' in page ? page.total : undefined) ?? page.items.length;
    };
    return { questions: await count('/questions', {}), people: await count('/users', { role: 'student' }) };
  });

  const every = (ms: number, loads: readonly Pick<Load<unknown>, 'reload'>[]): void => {
    const timer = setInterval(() => {
      if (!document.hidden) loads.forEach((load) => load.reload());
    }, ms);
    onCleanup(() => clearInterval(timer));
  };
  every(LIVE_MS, [live]);
  every(REST_MS, [upcoming, closed, ...(hasRole(user(), 'teacher', 'admin') ? [drafts] : [])]);
  return { live, upcoming, closed, drafts, waiting, firstSteps };
}

/** What can not be read is left out: each of it is found on its own page as well. */
async function readWaiting(closed: readonly ClosedExam[], signal: AbortSignal): Promise<readonly Waiting[]> {
  const [marking, reviews, appeals] = await Promise.all([
    loadMarkingExams(true, signal).catch(() => []),
    loadOwnReviews('assigned', undefined, signal).then(({ items }) => items.length, () => 0),
    Promise.all(closed.filter(({ exam }) => exam.resultsPublishedAt !== null).map(async ({ exam }) => ({ exam, count: await loadAppeals(exam.id, 'open', undefined, signal).then(({ items }) => items.length, () => 0) }))),
  ]);
  const all: Waiting[] = [
    ...marking.flatMap(({ examId, title, owner, pending, reconcile }): Waiting[] => [
      { kind: 'mark', count: pending, title, href: `/staff/exams/${examId}/marking` },
      { kind: 'agree', count: owner ? reconcile : 0, title, href: `/staff/exams/${examId}/marking/reconcile` },
    ]),
    ...appeals.map(({ exam, count }): Waiting => ({ kind: 'appeal', count, title: exam.title, href: `/staff/exams/${exam.id}/appeals` })),
    { kind: 'review', count: reviews, title: '', href: '/staff/appeals' },
  ];
  return all.filter(({ count }) => count > 0);
}
