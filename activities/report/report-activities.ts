import { cancellationSignal, heartbeat } from '@temporalio/activity';

import type { OfShard, RunCounts } from '#activities/grading/run-activities.ts';
import { type Db, inTransaction } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { saveReport } from '#db/reports/files.ts';
import { selectInstitution, selectLogo } from '#db/reports/institution.ts';
import type { ReportParams } from '#db/reports/queue.ts';
import { countRun, finishItems, listPendingItems } from '#db/runs/items.ts';
import { type RunRow, selectRun } from '#db/runs/rows.ts';
import { databaseNowMs } from '#db/session/rows.ts';
import { Refusal } from '#domain/problem.ts';

import { NotSettable } from './document.ts';
import { createReportMaker, type ReportMaker } from './make-report.ts';
import type { ReportStore } from './store.ts';
import { breakable } from './text/blocks.ts';
import type { Frame, Typesetter } from './typeset.ts';

/** Activities of `reportRunWorkflow`; each can be repeated without harm. */
export interface ReportActivities {
  /** Writes the pending reports of a shard one by one, with a heartbeat after each of them. */
  writeReports(input: OfShard): Promise<RunCounts>;
}

/** The name of a file that every system takes. */
const MAX_NAME = 80;

/**
 * @param deps `store` undefined: this process has no folder that it shares with the API; `typesetter` is asked for when the
 *   first report is set, because its compiler takes tens of megabytes
 */
export function createReportActivities(
  deps: { db: Db; wake: () => void; contents: ContentCache; store: ReportStore | undefined; typesetter: () => Promise<Typesetter> },
): ReportActivities {
  const { db, wake, contents, store, typesetter } = deps;

  async function frameOf(): Promise<Omit<Frame, 'lang' | 'footer' | 'page'>> {
    const [institution, logo, nowMs] = await Promise.all([selectInstitution(db), selectLogo(db), databaseNowMs(db)]);
    const bytes = logo === undefined ? undefined : await store!.medium(logo.sha256);
    return {
      institution: breakable(institution.name), colour: institution.colour, address: breakable(institution.address), institutionFooter: breakable(institution.footer), createdAtSeconds: Math.floor(nowMs / 1_000),
      logo: bytes === undefined ? null : { bytes, mediaType: logo!.mediaType },
    };
  }

  async function write(run: RunRow, itemId: string, maker: ReportMaker, look: Awaited<ReturnType<typeof frameOf>>, setter: Typesetter): Promise<void> {
    const params = run.params as unknown as ReportParams;
    const examId = run.examId!;
    const { basis, document, name, sessionId, speech, timeZone } = await maker.make(itemId);
    const frame = { ...look, lang: speech.lang, page: speech.words.page, footer: speech.say('made', { at: speech.at(look.createdAtSeconds * 1_000) }) };
    const { pdf, pages, standard } = setter.set(document, frame);
    // the bytes are in place before a row tells of them; bytes without a row are swept away
    const { sha256 } = await store!.keep(pdf);
    await inTransaction(db, async (tx) => {
      await saveReport(tx, {
        runId: run.id, itemId, examId, sessionId, kind: params.report, audience: params.audience, locale: speech.lang, timeZone,
        fileName: `${fileName(name)}.pdf`, sha256, sizeBytes: pdf.length, pages, standard, basis, createdBy: run.createdBy, replaces: params.replaces ?? null,
      });
      await finishItems(tx, run.id, [{ itemId, error: null }]);
    });
  }

  return {
    async writeReports({ runId, shard }) {
      const run = await selectRun(db, runId);
      const pending = await listPendingItems(db, runId, shard);
      if (store === undefined) {
        await inTransaction(db, (tx) => finishItems(tx, runId, pending.map((itemId) => ({ itemId, error: 'the worker has no folder for reports: HOLDFAST_DATA is not set' }))));
      } else {
        const [look, setter] = await Promise.all([frameOf(), typesetter()]);
        const maker = await createReportMaker({ db, contents }, { examId: run.examId!, itemIds: pending, params: run.params as unknown as ReportParams, colour: look.colour });
        for (const itemId of pending) {
          // a cancelled run is heard of by the heartbeats
          cancellationSignal().throwIfAborted();
          try {
            await write(run, itemId, maker, look, setter);
          } catch (error) {
            // nothing that a second try at once would change; everything else is the business of the retry
            if (!(error instanceof Refusal || error instanceof NotSettable)) throw error;
            await inTransaction(db, (tx) => finishItems(tx, runId, [{ itemId, error: error.message }]));
          }
          heartbeat({ itemId });
        }
      }
      const counted = await inTransaction(db, (tx) => countRun(tx, runId));
      wake();
      return { state: counted.state, done: counted.done, failed: counted.failed, total: counted.total };
    },
  };
}

function fileName(name: string): string {
  const kept = name.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/gu, '');
  return [...kept].slice(0, MAX_NAME).join('') || 'report';
}
