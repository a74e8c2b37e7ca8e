import { MockActivityEnvironment } from '@temporalio/testing';

import { createMarker } from '#activities/grading/mark-session.ts';
import { createRunActivities } from '#activities/grading/run-activities.ts';
import { createScanActivities } from '#activities/plagiarism/scan-activities.ts';
import { createContentCache } from '#db/exams/content.ts';

import type { TestApi, TestPerson } from './api.ts';

const SYLLABLES = 'ra ven sto lin qua mer tos pel dun gar wid kof bri zan hol mea fur cep lor tim'.split(' ');

/** A text that nobody else has a word of, the same for the same student. */
export function ownWords(student: number, count: number): string {
  return Array.from({ length: count }, (_, at) => `${SYLLABLES[student % 20]}${SYLLABLES[(at * 7 + student) % 20]}${SYLLABLES[(at * 3 + student * 5) % 20]}`).join(' ');
}

/** Asks for a scan and does its work. @returns the id of the run */
export async function scanExam(api: TestApi, teacher: TestPerson, examId: string): Promise<string> {
  const { body: { id: runId } } = await teacher.post(`/exams/${examId}/plagiarism-scans`, {});
  await workScan(api, runId as string);
  return runId as string;
}

/** Does the work of a queued scan, step by step. */
export async function workScan(api: TestApi, runId: string): Promise<void> {
  const { config, db } = api.deps;
  const contents = createContentCache(db);
  const runs = createRunActivities({ db, marker: createMarker({ db, contents }), wake: () => undefined, namespaceId: () => 'store' });
  const scans = createScanActivities({ db, contents, wake: () => undefined, dataDir: config.dataDir });
  const env = new MockActivityEnvironment();
  const { firstShard, shards } = await runs.planRun({ runId });
  for (let shard = firstShard; shard < firstShard + shards; shard += 1) await env.run(scans.fingerprintShard, { runId, shard });
  const { parts } = (await env.run(scans.findCandidates, { runId })) as { parts: number };
  for (let part = 1; part <= parts; part += 1) await env.run(scans.compareCandidates, { runId, part });
  await env.run(scans.clusterFlags, { runId });
  await runs.finishRun({ runId });
}
