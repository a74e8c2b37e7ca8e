import { isPosition } from '#db/keyset.ts';
import { decodeCursor } from '#api/http/cursor.ts';
import { invalid } from '#api/http/problem.ts';
import type { Queryable } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import type { PairPosition, PairRow } from '#db/plagiarism/pairs.ts';
import { selectScanInputs } from '#db/plagiarism/work.ts';
import { itemsOfContent } from '#domain/grading/corrections.ts';
import { questionKey } from '#domain/plagiarism/print-session.ts';
import { type SideItem, sideBySide } from '#domain/plagiarism/side-by-side.ts';

/** Items of an exam by the key of their question. */
export async function itemIdsOf(contents: ContentCache, examId: string): Promise<ReadonlyMap<number, string>> {
  return new Map(itemsOfContent(await contents.contentOf(examId)).map((item) => [questionKey(item.questionId), item.id]));
}

/** Reads both sessions of a pair and lays them side by side. */
export async function readSideBySide(q: Queryable, contents: ContentCache, pair: PairRow): Promise<(SideItem & { readonly share: null })[]> {
  const inputs = new Map((await selectScanInputs(q, [pair.a.sessionId, pair.b.sessionId])).map((input) => [input.id, input]));
  const [a, b] = await Promise.all([pair.a, pair.b].map(async ({ sessionId }) => {
    const input = inputs.get(sessionId)!;
    const paper = await contents.drawnPaperOf(input.examId, input.seed);
    return { items: paper.sections.flatMap((section) => section.items), answers: input.answers };
  }));
  return sideBySide(a!, b!).map((item) => ({ ...item, share: null }));
}

/** Reads the cursor of a list of pairs. @throws validation-failed */
export function readPairPosition(cursor: string | undefined): PairPosition | undefined {
  const parts = decodeCursor(cursor, 2);
  if (parts === undefined) return undefined;
  const [score, id] = parts;
  if (!isPosition('text', score, id) || !Number.isFinite(Number(score))) throw invalid([{ pointer: '/cursor', message: 'must be a nextCursor of this list' }]);
  return { score: Number(score), id: id as string };
}
