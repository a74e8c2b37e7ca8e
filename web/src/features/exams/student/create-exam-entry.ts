import { createMemo, createSignal, onCleanup, untrack } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { createStream, type Stream } from '#web/lib/stream.ts';
import { readMyExam, type StudentExam } from './api.ts';
import { type ExamStanding, standingOf } from './exam-times.ts';
import { type Move, moveOf } from './move.ts';

/** A change reaches a whole class at once; they do not all ask again in the same moment. */
const SPREAD_MS = 1_500;

/** One exam before it is begun: where it stands by the server's clock, and what is changed about it meanwhile. */
export function createExamEntry(examId: string, nowMs: () => number) {
  const load = createLoad<string, StudentExam>(() => examId, readMyExam);
  const [heardMove, setHeardMove] = createSignal<Move>();
  let later: ReturnType<typeof setTimeout> | undefined;
  const reloadSoon = (): void => {
    clearTimeout(later);
    later = setTimeout(load.reload, 200 + Math.random() * SPREAD_MS);
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') load.reload();
  };
  document.addEventListener('visibilitychange', onVisible);
  addEventListener('online', load.reload);
  onCleanup(() => {
    clearTimeout(later);
    document.removeEventListener('visibilitychange', onVisible);
    removeEventListener('online', load.reload);
  });

  const stream: Stream = createStream({
    topics: [`exam:${examId}`],
    after: '',
    on: {
      // what happened between the load and the connection
      hello: reloadSoon,
      reset: reloadSoon,
      'window-changed': ({ at, opensAt, closesAt, localStart, localEnd, timeZone, cancelledAt, reason }) => {
        const exam = untrack(load.value);
        if (exam !== undefined && opensAt !== null && closesAt !== null && localStart !== null && localEnd !== null && timeZone !== null) {
          const before = exam.window;
          if (before !== null) {
            setHeardMove({
              atMs: Date.parse(at), opensFromMs: Date.parse(before.opensAt), closesFromMs: Date.parse(before.closesAt),
              opensToMs: Date.parse(opensAt), closesToMs: Date.parse(closesAt), reason,
            });
          }
          load.take({ ...exam, window: { opensAt, closesAt, localStart, localEnd, timeZone }, cancelledAt });
        }
        reloadSoon();
      },
    },
  });

  const standing = createMemo<ExamStanding | undefined>(() => (load.value() === undefined ? undefined : standingOf(load.value()!, nowMs())));
  return {
    exam: load.value,
    error: load.error,
    isLoading: load.isLoading,
    reload: load.reload,
    standing,
    /** The newest move: as it was heard, or as it stood when the exam was read. */
    move: (): Move | undefined => {
      const read = load.value() === undefined ? undefined : moveOf(load.value()!);
      const heard = heardMove();
      return heard !== undefined && (read === undefined || heard.atMs >= read.atMs) ? heard : read;
    },
    streamState: stream.state,
  };
}
