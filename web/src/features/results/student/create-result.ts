import { createSignal, onCleanup } from 'solid-js';
import type { z } from 'zod';

import type { studentExamSchema } from '#contracts/exams.ts';
import type { sittingSchema } from '#contracts/sessions.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { request } from '#web/lib/http.ts';
import { createStream } from '#web/lib/stream.ts';
import { type Outcome, readOutcome } from './api.ts';

/** A result, or what is known while there is none. */
export type ResultState =
  | Extract<Outcome, { state: 'released' }>
  | { readonly state: 'waiting'; readonly title: string; readonly session: z.output<typeof sittingSchema>['session'] };

/** The results of a class come out in one moment; its pages do not all ask in the same one. */
const SPREAD_MS = 1_500;

/** The result of a session, which comes, changes and goes as it is published and taken back. */
export function createResult(sessionId: string) {
  let last: ResultState | undefined;
  const load = createLoad<string, ResultState>(() => sessionId, async (id, signal) => {
    const found = await readResult(id, signal);
    // what has not changed stays the same thing, so that nothing that somebody reads or has opened is drawn anew
    if (JSON.stringify(found) !== JSON.stringify(last)) last = found;
    return last!;
  });
  const [wasTakenBack, setTakenBack] = createSignal(false);
  let later: ReturnType<typeof setTimeout> | undefined;
  const reloadSoon = (): void => {
    clearTimeout(later);
    later = setTimeout(load.reload, 100 + Math.random() * SPREAD_MS);
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
  const stream = createStream({
    topics: [`session:${sessionId}`],
    after: '',
    on: {
      hello: reloadSoon,
      reset: reloadSoon,
      closed: reloadSoon,
      reopened: reloadSoon,
      'results-published': () => {
        setTakenBack(false);
        reloadSoon();
      },
      'results-unpublished': () => {
        setTakenBack(load.value()?.state === 'released');
        reloadSoon();
      },
    },
  });
  return { state: load.value, error: load.error, isLoading: load.isLoading, reload: load.reload, wasTakenBack, streamState: stream.state };
}

async function readResult(sessionId: string, signal: AbortSignal): Promise<ResultState> {
  const outcome = await readOutcome(sessionId, signal);
  if (outcome.state === 'released') return outcome;
  const { session } = await request<z.output<typeof sittingSchema>>('GET', `/sessions/${sessionId}`, { signal });
  const { title } = await request<z.output<typeof studentExamSchema>>('GET', `/exams/${session.examId}`, { signal });
  return { state: 'waiting', title, session };
}
