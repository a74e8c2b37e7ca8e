import { Worker } from 'node:worker_threads';

import type { PackedExam } from '#db/statistics/facts.ts';
import type { ExamStatistics } from '#domain/statistics/exam-statistics.ts';
import { Refusal } from '#domain/problem.ts';

const MOST_MS = 60_000;
const MEMORY_MB = 1_024;

/** One exam after the other: a process has answers to save. */
let last: Promise<unknown> = Promise.resolve();

/** Computes the statistics of an exam in a thread of its own. @throws unavailable when it takes too long */
export function computeInThread(exam: PackedExam): Promise<ExamStatistics> {
  const computing = last.then(() => run(exam));
  last = computing.catch(() => undefined);
  return computing;
}

function run(exam: PackedExam): Promise<ExamStatistics> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./statistics-worker.ts', import.meta.url), { workerData: exam, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    const giveUp = (): void => reject(new Refusal('unavailable', 'The statistics of this exam could not be computed in time. Try again later.'));
    const timer = setTimeout(() => {
      giveUp();
      void worker.terminate();
    }, MOST_MS);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      giveUp();
    });
  });
}
