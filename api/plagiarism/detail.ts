import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { decodeCursor } from '#api/http/cursor.ts';
import { invalid } from '#api/http/problem.ts';
import type { Queryable } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { isPosition } from '#db/keyset.ts';
import { type AnswerChange, selectChangeShares, selectResponses } from '#db/plagiarism/answer-changes.ts';
import { selectAnswerShares } from '#db/plagiarism/common-answers.ts';
import { readAnswerFiles, type ReadBytes } from '#db/plagiarism/files.ts';
import type { PairPosition, PairRow } from '#db/plagiarism/pairs.ts';
import { selectScanInputs } from '#db/plagiarism/work.ts';
import { itemsOfContent } from '#domain/grading/corrections.ts';
import { isDecidedAtOnce, sharedChange, stepsOf } from '#domain/plagiarism/answer-changes.ts';
import { type AnswerFile, compareFiles, fileIdsOf } from '#domain/plagiarism/files.ts';
import { containmentOf } from '#domain/plagiarism/containment.ts';
import { questionKey } from '#domain/plagiarism/print-session.ts';
import { type SideAnswer, type SideItem, sideBySide } from '#domain/plagiarism/side-by-side.ts';

/** Characters of handed-in files that a page shows of each side. */
const MOST_CHARACTERS = 100_000;

/** A file of one side. */
export interface ShownFile {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly same: boolean;
}

/** One answer of a pair with its files. */
export interface ShownSide extends SideAnswer {
  readonly files: readonly ShownFile[];
  readonly fileText: string | null;
  /** Answers before the last one, the oldest first. */
  readonly earlier: readonly unknown[];
}

/** One question of a pair as it is shown. */
export interface ShownItem extends Omit<SideItem, 'match' | 'a' | 'b'> {
  readonly match: SideItem['match'] | 'same-files';
  readonly a: ShownSide;
  readonly b: ShownSide;
  readonly share: number | null;
  /** Share of the class whose last change was the one that both made; null: they made none together. */
  readonly changeShare: number | null;
  readonly containment: number | null;
}

/** Items of an exam by the key of their question. */
export async function itemIdsOf(contents: ContentCache, examId: string): Promise<ReadonlyMap<number, string>> {
  return new Map(itemsOfContent(await contents.contentOf(examId)).map((item) => [questionKey(item.questionId), item.id]));
}

/** Reads both sessions of a pair and lays them side by side, with how common the shared answers are. @param dataDir the folder of handed-in files */
export async function readSideBySide(q: Queryable, contents: ContentCache, dataDir: string, pair: PairRow): Promise<ShownItem[]> {
  const inputs = new Map((await selectScanInputs(q, [pair.a.sessionId, pair.b.sessionId])).map((input) => [input.id, input]));
  const [a, b] = await Promise.all([pair.a, pair.b].map(async ({ sessionId }) => {
    const input = inputs.get(sessionId)!;
    const paper = await contents.drawnPaperOf(input.examId, input.seed);
    return { items: paper.sections.flatMap((section) => section.items), answers: input.answers };
  }));
  const items = sideBySide(a!, b!);
  const read: ReadBytes = (sha256) => readFile(join(dataDir, 'files', sha256.slice(0, 2), sha256)).catch(() => undefined);
  const ids = (which: 'a' | 'b'): string[] => items.flatMap((item) => fileIdsOf(item.item, item[which].response));
  const files = await readAnswerFiles(q, new Map([[pair.a.sessionId, ids('a')], [pair.b.sessionId, ids('b')]]), read);
  const shares = await selectAnswerShares(q, pair.examId, items.flatMap(({ a: side, item, match }) =>
    (match === 'identical-right' || match === 'identical-wrong' ? [{ itemId: item.id, response: side.response, isOrdered: item.question.type === 'ordering' }] : [])));
  const changes = await readChanges(q, pair, items);
  return items.map((item) => ({ ...shownItem(item, files, shares.get(item.item.id) ?? null, changes.earlierOf(item)), changeShare: changes.shares.get(item.item.id) ?? null }));
}

/** What each said before, and which changes both made. */
interface Changes {
  earlierOf(item: SideItem): { readonly a: readonly unknown[]; readonly b: readonly unknown[] };
  readonly shares: ReadonlyMap<string, number>;
}

async function readChanges(q: Queryable, { a, b, examId }: PairRow, items: readonly SideItem[]): Promise<Changes> {
  const decided = items.filter(({ item }) => isDecidedAtOnce(item.question.type));
  const responses = await selectResponses(q, [a.sessionId, b.sessionId], decided.map(({ item }) => item.id));
  const steps = (sessionId: string, { item }: SideItem): unknown[] => stepsOf(responses.get(sessionId)?.get(item.id) ?? []);
  const shared = decided.flatMap((item): AnswerChange[] => {
    const change = sharedChange(steps(a.sessionId, item), steps(b.sessionId, item));
    return change === null ? [] : [{ itemId: item.item.id, ...change }];
  });
  return {
    earlierOf: (item) => ({ a: steps(a.sessionId, item).slice(0, -1), b: steps(b.sessionId, item).slice(0, -1) }),
    shares: await selectChangeShares(q, examId, shared),
  };
}

function shownItem(item: SideItem, files: ReadonlyMap<string, AnswerFile>, share: number | null, earlier: ReturnType<Changes['earlierOf']>): Omit<ShownItem, 'changeShare'> {
  const handedIn = (side: SideAnswer): (AnswerFile & { readonly id: string })[] =>
    fileIdsOf(item.item, side.response).flatMap((id) => (files.has(id) ? [{ id, ...files.get(id)! }] : []));
  const [a, b] = [handedIn(item.a), handedIn(item.b)];
  if (a.length + b.length === 0) {
    const plain = (which: 'a' | 'b'): ShownSide => ({ ...item[which], files: [], fileText: null, earlier: earlier[which] });
    return { ...item, a: plain('a'), b: plain('b'), share, containment: containmentOf(textOf(item.a), textOf(item.b), item.ranges) };
  }
  const found = compareFiles(item.item, a, b, MOST_CHARACTERS);
  const shown = (side: SideAnswer, own: typeof a, fileText: string | null): ShownSide => ({
    ...side, fileText, earlier: [], files: own.map(({ fileName, id, sha256, sizeBytes }) => ({ id, fileName, sizeBytes, same: found.same.includes(sha256) })),
  });
  return {
    ...item, a: shown(item.a, a, found.a), b: shown(item.b, b, found.b), ranges: found.ranges, share,
    match: found.same.length > 0 ? 'same-files' : found.ranges.length > 0 ? 'text' : item.match,
    containment: containmentOf(found.a, found.b, found.ranges),
  };
}

function textOf({ response }: SideAnswer): string | null {
  const text = (response as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : null;
}

/** Reads the cursor of a list of pairs. @throws validation-failed */
export function readPairPosition(cursor: string | undefined): PairPosition | undefined {
  const parts = decodeCursor(cursor, 2);
  if (parts === undefined) return undefined;
  const [score, id] = parts;
  if (!isPosition('text', score, id) || !Number.isFinite(Number(score))) throw invalid([{ pointer: '/cursor', message: 'must be a nextCursor of this list' }]);
  return { score: Number(score), id: id as string };
}
