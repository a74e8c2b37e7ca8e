import { createEffect, createMemo, createRoot, on, onCleanup } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { createStream } from '#web/lib/stream.ts';
import { listMyExams, type StudentExam } from './api.ts';
import { placeExams } from './exam-times.ts';

/** One connection hears at most so many things. */
const TOPIC_LIMIT = 50;
/** A change reaches a whole class at once; they do not all ask again in the same moment. */
const SPREAD_MS = 1_500;

/** The exams of the student, live: moved starts show at once, everything else after a moment, and the whole list whenever the page is looked at again. */
export function createMyExams(nowMs: () => number, onResults: () => void) {
  const list = createLoad<true, readonly StudentExam[]>(() => true, (_key, signal) => listMyExams(signal));
  let later: ReturnType<typeof setTimeout> | undefined;
  const reloadSoon = (): void => {
    clearTimeout(later);
    later = setTimeout(list.reload, 200 + Math.random() * SPREAD_MS);
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') list.reload();
  };
  document.addEventListener('visibilitychange', onVisible);
  addEventListener('online', list.reload);
  onCleanup(() => {
    clearTimeout(later);
    document.removeEventListener('visibilitychange', onVisible);
    removeEventListener('online', list.reload);
  });

  const patch = (examId: string, change: (exam: StudentExam) => StudentExam): void => {
    const exams = list.value();
    if (exams !== undefined) list.take(exams.map((exam) => (exam.id === examId ? change(exam) : exam)));
  };

  // by id, so that the connection stays when only the order or the state of exams changes
  const topics = createMemo(() => topicsOf(list.value() ?? []).sort().join(','));
  createEffect(on(topics, (text) => {
    if (text === '') return;
    const dispose = createRoot((disposeRoot) => {
      createStream({
        topics: text.split(','),
        after: '',
        on: {
          // what happened between the list and the connection
          hello: reloadSoon,
          reset: reloadSoon,
          'window-changed': ({ examId, opensAt, closesAt, localStart, localEnd, timeZone }) => {
            if (opensAt !== null && closesAt !== null && localStart !== null && localEnd !== null && timeZone !== null) {
              patch(examId, (exam) => ({ ...exam, window: { opensAt, closesAt, localStart, localEnd, timeZone } }));
            }
            reloadSoon();
          },
          'time-changed': reloadSoon,
          paused: reloadSoon,
          resumed: reloadSoon,
          reopened: reloadSoon,
          closed: () => {
            reloadSoon();
            onResults();
          },
          'results-published': onResults,
          'results-unpublished': onResults,
        },
      });
      return disposeRoot;
    });
    onCleanup(dispose);
  }));

  function topicsOf(exams: readonly StudentExam[]): string[] {
    const { now, next, past } = placeExams(exams, nowMs());
    const shown = [...now, ...next, ...past].map(({ exam }) => exam);
    const open = shown.flatMap(({ session }) => (session?.state === 'active' || session?.state === 'paused' ? [`session:${session.id}`] : []));
    return [...open, ...shown.map(({ id }) => `exam:${id}`)].slice(0, TOPIC_LIMIT);
  }

  return { exams: list.value, error: list.error, isLoading: list.isLoading, reload: list.reload };
}
