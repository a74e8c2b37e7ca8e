import { cancellationSignal, heartbeat } from '@temporalio/activity';

import type { OfRun, OfShard, RunCounts } from '#activities/grading/run-activities.ts';
import { type Db, inTransaction } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { selectScan } from '#db/plagiarism/scans.ts';
import { countPrints, listPrints, markPhase, saveParts, savePart, savePrints, saveVerdicts, selectCompared, selectPendingPart } from '#db/plagiarism/work.ts';
import { countRun, listPendingItems } from '#db/runs/items.ts';
import { answerCandidates } from '#domain/plagiarism/answer-candidates.ts';
import { scanAnswers } from '#domain/plagiarism/compare-answers.ts';
import { comparePair, type ComparedPair, type ScanModel } from '#domain/plagiarism/compare-pair.ts';
import { indexTexts, textCandidates } from '#domain/plagiarism/compare-texts.ts';
import { flagPairs } from '#domain/plagiarism/flag-pairs.ts';
import { learnTiming } from '#domain/plagiarism/timing.ts';

import { withRefusals } from '../failure.ts';
import { createFileReader, printSessions } from './print-sessions.ts';

/** Sessions that are read at once. */
const BATCH = 50;
/** Partners that are compared with a session in full because of its answers, and as many because of a stretch of them. */
const PARTNERS = 40;
/** The same because of a long answer: for its passages, and for words that stand near each other. */
const TEXT_PARTNERS = 10;
/** Pairs of one part: below a second of work. */
const PART_PAIRS = 8_000;
/** Pairs between two signs of life. */
const BETWEEN_HEARTBEATS = 1_000;

/** One part of the candidates of a scan. */
export interface OfPart extends OfRun {
  readonly part: number;
}

/** Activities of `plagiarismScanWorkflow`; each can be repeated without harm, and none of them returns more than counts. */
export interface ScanActivities {
  /** Reduces the pending sessions of a shard to hashes. */
  fingerprintShard(input: OfShard): Promise<RunCounts>;
  /** Finds the pairs that are worth comparing and cuts them into parts. */
  findCandidates(input: OfRun): Promise<{ readonly parts: number; readonly pairs: number }>;
  /** Compares the pairs of a part and keeps what stands out. */
  compareCandidates(input: OfPart): Promise<{ readonly kept: number }>;
  /** Adjusts for the number of pairs, flags, groups, sums up. */
  clusterFlags(input: OfRun): Promise<{ readonly flags: number }>;
}

/**
 * @param deps `contents` the frozen content that papers are drawn from; `wake` tells the other processes that something was committed;
 *   `dataDir` the folder of handed-in files, undefined where this process has none: then only their hashes are compared
 */
export function createScanActivities(deps: { db: Db; contents: ContentCache; wake: () => void; dataDir: string | undefined }): ScanActivities {
  const { db, contents, wake } = deps;
  const readBytes = createFileReader(deps.dataDir);
  // the parts of a scan follow each other in the same process; sessions that were taken again make another model
  let kept: { readonly id: string; readonly model: Promise<ScanModel> } | undefined;

  async function loadModel(runId: string): Promise<ScanModel> {
    const { parameters } = await selectScan(db, runId);
    const prints = await listPrints(db, runId);
    await giveSign();
    const answers = parameters.answers ? scanAnswers(prints) : null;
    await giveSign();
    const texts = parameters.text ? indexTexts(prints, parameters.commonSharePercent / 100) : null;
    await giveSign();
    return { prints, answers, texts, timing: parameters.timing ? learnTiming(prints) : null };
  }

  async function modelOf(runId: string): Promise<ScanModel> {
    const id = `${runId} ${await countPrints(db, runId)}`;
    if (kept?.id !== id) {
      const model = loadModel(runId);
      kept = { id, model };
      model.catch(() => (kept = undefined));
    }
    return await kept.model;
  }

  return {
    fingerprintShard: ({ runId, shard }) => withRefusals(async () => {
      await markPhase(db, runId, 'fingerprint');
      const pending = await listPendingItems(db, runId, shard);
      for (let from = 0; from < pending.length; from += BATCH) {
        cancellationSignal().throwIfAborted();
        const ids = pending.slice(from, from + BATCH);
        const prints = await printSessions(db, contents, readBytes, ids);
        const printed = new Set(prints.map(({ sessionId }) => sessionId));
        await savePrints(db, runId, prints, ids.filter((id) => !printed.has(id)).map((itemId) => ({ itemId, error: 'the session is gone or open again' })));
        heartbeat({ printed: from });
      }
      const { state, done, failed, total } = await inTransaction(db, (tx) => countRun(tx, runId));
      wake();
      return { state, done, failed, total };
    }),
    findCandidates: ({ runId }) => withRefusals(async () => {
      await markPhase(db, runId, 'candidates');
      const model = await modelOf(runId);
      heartbeat();
      const { prints } = model;
      const sameStudent = (a: number, b: number): boolean => prints[a]!.studentId === prints[b]!.studentId;
      const found = new Set<number>(model.answers === null ? [] : await inSteps(answerCandidates(model.answers.model, PARTNERS)));
      if (model.texts !== null) for (const pair of await inSteps(textCandidates(model.texts, TEXT_PARTNERS, sameStudent))) found.add(pair);
      const pairs = [...found].sort((left, right) => left - right);
      const parts = Array.from({ length: Math.ceil(pairs.length / PART_PAIRS) }, (_, part) => pairs.slice(part * PART_PAIRS, (part + 1) * PART_PAIRS));
      await saveParts(db, runId, parts, (prints.length * (prints.length - 1)) / 2);
      return { parts: parts.length, pairs: pairs.length };
    }),
    compareCandidates: ({ runId, part }) => withRefusals(async () => {
      const pending = await selectPendingPart(db, runId, part);
      if (pending === undefined) return { kept: 0 };
      const { examId } = await selectScan(db, runId);
      const model = await modelOf(runId);
      const size = model.prints.length;
      const pairs: ComparedPair[] = [];
      for (let at = 0; at < pending.length; at += 1) {
        if (at % BETWEEN_HEARTBEATS === 0) {
          await giveSign();
        }
        const pair = comparePair(model, Math.floor(pending[at]! / size), pending[at]! % size);
        if (pair !== null) pairs.push(pair);
      }
      await savePart(db, { runId, examId, part, prints: model.prints, pairs });
      return { kept: pairs.length };
    }),
    clusterFlags: ({ runId }) => withRefusals(async () => {
      await markPhase(db, runId, 'cluster');
      kept = undefined;
      const { parameters } = await selectScan(db, runId);
      const { pairs, compared, possible, sessions } = await selectCompared(db, runId);
      const flags = flagPairs(pairs, possible, parameters);
      const count = flags.pairs.filter(({ flagged }) => flagged).length;
      await saveVerdicts(db, runId, pairs.map(({ id }, index) => ({ id, ...flags.pairs[index]! })), {
        sessions, pairsPossible: possible, pairsCompared: compared, pairsStored: pairs.length, flags: count, clusters: flags.clusters,
        falsePositiveRate: flags.falsePositiveRate, expectedFalsePairs: flags.falsePositiveRate * possible,
      });
      wake();
      return { flags: count };
    }),
  };
}

/** Takes work step by step with a sign of life between them, so that other work of the process is not held up for long. */
async function inSteps<Result>(steps: Generator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await giveSign();
  }
}

/** Tells that the activity lives, and lets the answer come in: it tells of a cancelled run. */
async function giveSign(): Promise<void> {
  heartbeat();
  await new Promise((resolve) => setImmediate(resolve));
  cancellationSignal().throwIfAborted();
}
