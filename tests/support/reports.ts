import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { MockActivityEnvironment } from '@temporalio/testing';

import { createReportActivities } from '#activities/report/report-activities.ts';
import { createReportStore } from '#activities/report/store.ts';
import { createTypesetter, type Typesetter } from '#activities/report/typeset.ts';
import { createContentCache } from '#db/exams/content.ts';
import { endRun, planRun } from '#db/runs/items.ts';

import type { TestApi } from './api.ts';

let typesetter: Typesetter | undefined;

/** Does what the workers do with a run of reports, in this process: plans it, writes every shard, ends it. */
export async function writeReports(api: TestApi, runId: string): Promise<void> {
  const { db, config } = api.deps;
  const { writeReports: write } = createReportActivities({
    db, contents: createContentCache(db), wake: () => undefined, store: createReportStore(config.dataDir),
    typesetter: () => Promise.resolve((typesetter ??= createTypesetter())),
  });
  const { firstShard, shards } = await planRun(db, runId, 'test');
  for (let shard = firstShard; shard < firstShard + shards; shard += 1) await new MockActivityEnvironment().run(write, { runId, shard });
  await endRun(db, runId, 'completed');
}

/** A report that nobody wrote: its run, its row and some bytes. */
export async function insertReport(api: TestApi, examId: string, ownerId: string): Promise<{ id: string; runId: string }> {
  const [id, runId] = [randomUUID(), randomUUID()];
  const bytes = Buffer.from(`%PDF-1.7 ${id}`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const folder = join(api.deps.config.dataDir, 'reports', sha256.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, sha256), bytes);
  await api.pool.query("insert into runs (id, kind, exam_id, state, created_by) values ($1, 'report', $2, 'completed', $3)", [runId, examId, ownerId]);
  await api.pool.query(
    `insert into report_files (id, run_id, item_id, exam_id, kind, audience, locale, time_zone, file_name, sha256, size_bytes, pages, standard, created_by, expires_at)
     values ($1, $2, $3, $3, 'class', 'staff', 'en', 'UTC', 'class.pdf', $4, $5, 1, 'ua-1', $6, holdfast_now() + interval '1 day')`,
    [id, runId, examId, sha256, bytes.length, ownerId],
  );
  return { id, runId };
}
