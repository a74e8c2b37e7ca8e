import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { NoticeRow, OwnNotice } from '#db/plagiarism/notices.ts';
import type { PairDecision, PairRow, PairSide } from '#db/plagiarism/pairs.ts';
import type { ScanRow } from '#db/plagiarism/scans.ts';
import type { SideItem } from '#domain/plagiarism/side-by-side.ts';
import type { VisibleOption } from '#domain/questions/types.ts';

import type { ShownItem, ShownSide } from './detail.ts';

/** A scan for staff. */
export function presentScan({ run, ...scan }: ScanRow): Record<string, unknown> {
  return {
    runId: run.id,
    examId: scan.examId,
    state: run.state,
    phase: scan.phase,
    progress: { done: run.done, failed: run.failed, total: run.total },
    parameters: scan.parameters,
    summary: scan.summary,
    computedAt: maybeInstant(scan.computedAtMs),
    createdAt: instant(run.createdAtMs),
  };
}

/** A pair for staff. @param itemIds item by key of its question, where it is known */
export function presentPair(pair: PairRow, itemIds: ReadonlyMap<number, string>): Record<string, unknown> {
  const { answers, text, timing } = pair.indices;
  return {
    id: pair.id,
    runId: pair.runId,
    a: presentSide(pair.a),
    b: presentSide(pair.b),
    score: pair.score,
    p: pair.p,
    adjustedP: pair.adjustedP,
    flagged: pair.flagged,
    indices: { answers, timing, text: text === null ? null : presentText(text, itemIds) },
    evidence: pair.evidence,
    clusterId: pair.clusterId,
    state: pair.state,
    note: pair.note,
    decidedBy: pair.decidedBy,
    decidedAt: maybeInstant(pair.decidedAtMs),
    version: pair.version,
  };
}

function presentText({ key, ...text }: NonNullable<PairRow['indices']['text']>, itemIds: ReadonlyMap<number, string>): Record<string, unknown> {
  const { expectedNeighbours, fingerprints, maxContainment, neighbours, p } = text;
  return { maxContainment, fingerprints, itemId: itemIds.get(key) ?? '', neighbours, expectedNeighbours, p };
}

/** The groups of a scan out of the pairs that form them. */
export function presentClusters(pairs: readonly PairRow[]): Record<string, unknown> {
  const groups = Map.groupBy(pairs, ({ clusterId }) => clusterId!);
  return {
    items: [...groups].map(([id, edges]) => ({
      id,
      sessions: [...new Map(edges.flatMap(({ a, b }) => [a, b]).map((side) => [side.sessionId, presentSide(side)])).values()],
      edges: edges.map((edge) => ({ pairId: edge.id, a: edge.a.sessionId, b: edge.b.sessionId, score: edge.score, state: edge.state })),
      maxScore: Math.max(...edges.map(({ score }) => score)),
    })),
  };
}

/** What a student was told, for staff. */
export function presentNotice({ atMs, by, id, readAtMs, sessionId, text, withdrawnAtMs }: NoticeRow): Record<string, unknown> {
  return { id, sessionId, text, by, at: instant(atMs), readAt: maybeInstant(readAtMs), withdrawnAt: maybeInstant(withdrawnAtMs) };
}

/** What a student was told, for this student: not by whom, and nothing about anybody else. */
export function presentOwnNotice({ atMs, examId, examTitle, id, readAtMs, sessionId, text, withdrawnAtMs }: OwnNotice): Record<string, unknown> {
  return { id, sessionId, examId, examTitle, text, at: instant(atMs), readAt: maybeInstant(readAtMs), withdrawnAt: maybeInstant(withdrawnAtMs) };
}

/** What is known of a pair besides its answers. */
export interface PairAftermath {
  readonly history: readonly PairDecision[];
  readonly notices: readonly NoticeRow[];
  readonly incidents: readonly string[];
}

/** Both sessions of a pair side by side, for staff. */
export function presentDetail(pair: Record<string, unknown>, items: readonly ShownItem[], { history, incidents, notices }: PairAftermath): Record<string, unknown> {
  return {
    pair,
    items: items.map(({ a, b, changeShare, containment, item, match, ranges, share }, index) => ({
      itemId: item.id,
      number: index + 1,
      type: item.question.type,
      text: item.question.text,
      options: optionsOf(item.question).map((option) => ({ id: option.id, text: option.text.value })),
      key: item.question.key ?? null,
      match,
      share,
      changeShare,
      containment,
      a: presentAnswer(a),
      b: presentAnswer(b),
      ranges,
    })),
    history: history.map(({ atMs, by, note, state }) => ({ state, note, by, at: instant(atMs) })),
    notices: notices.map(presentNotice),
    incidents,
  };
}

function presentSide({ attempt, sessionId, student }: PairSide): Record<string, unknown> {
  return { sessionId, student, attempt };
}

function presentAnswer({ earlier, files, fileText, place, response, right, savedAtMs }: ShownSide): Record<string, unknown> {
  return {
    response, savedAt: maybeInstant(savedAtMs), right, place, earlier, fileText,
    files: files.map(({ fileName, id, same, sizeBytes }) => ({ id, fileName, sizeBytes, same })),
  };
}

function optionsOf(question: SideItem['item']['question']): readonly VisibleOption[] {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
    case 'ordering':
      return question.options;
    case 'matching':
      return [...question.options.left, ...question.options.right];
    default:
      return [];
  }
}
