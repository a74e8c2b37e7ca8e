/** Entry of the thread that computes the statistics of one exam: models of thousands of students take seconds. */
import { parentPort, workerData } from 'node:worker_threads';

import type { PackedExam } from '#db/statistics/facts.ts';
import { unpack } from '#db/statistics/unpack.ts';
import { examStatistics } from '#domain/statistics/exam-statistics.ts';

parentPort!.postMessage(examStatistics(unpack(workerData as PackedExam)));
