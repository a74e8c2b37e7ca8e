import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Queryable } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { readAnswerFiles, type ReadBytes } from '#db/plagiarism/files.ts';
import { type ScanInput, selectScanInputs } from '#db/plagiarism/work.ts';
import type { DrawnItem } from '#domain/paper/types.ts';
import { type AnswerFile, fileIdsOf, fileNeighbours, filePrints } from '#domain/plagiarism/files.ts';
import { printSession, questionKey } from '#domain/plagiarism/print-session.ts';
import type { SessionPrint } from '#domain/plagiarism/types.ts';

/** Reads files that students handed in. @param dataDir the folder that the API writes them to; undefined: this process has none */
export function createFileReader(dataDir: string | undefined): ReadBytes {
  return (sha256) => (dataDir === undefined ? Promise.resolve(undefined) : readFile(join(dataDir, 'files', sha256.slice(0, 2), sha256)).catch(() => undefined));
}

interface Sitting {
  readonly input: ScanInput;
  readonly items: readonly DrawnItem[];
}

/** Reduces sessions to what a scan compares; those that are gone or open again are left out. */
export async function printSessions(q: Queryable, contents: ContentCache, read: ReadBytes, sessionIds: readonly string[]): Promise<SessionPrint[]> {
  const inputs = (await selectScanInputs(q, sessionIds)).filter(({ closed }) => closed);
  const sittings = await Promise.all(inputs.map(async (input): Promise<Sitting> => {
    const paper = await contents.drawnPaperOf(input.examId, input.seed);
    return { input, items: paper.sections.flatMap((section) => section.items) };
  }));
  const wanted = new Map(sittings.map(({ input, items }) => [input.id, items.flatMap((item) => fileIdsOf(item, input.answers.get(item.id)?.response))]));
  const files = await readAnswerFiles(q, wanted, read);
  return sittings.map(({ input, items }) => {
    const print = printSession(input, items, input.answers);
    return { ...print, texts: [...print.texts, ...textsOfFiles({ input, items }, files)] };
  });
}

function textsOfFiles({ input, items }: Sitting, files: ReadonlyMap<string, AnswerFile>): SessionPrint['texts'] {
  return items.flatMap((item) => {
    const handedIn = fileIdsOf(item, input.answers.get(item.id)?.response).flatMap((id) => files.get(id) ?? []);
    const prints = filePrints(item, handedIn);
    const neighbours = fileNeighbours(item, handedIn);
    return prints.length === 0 ? [] : [{ key: questionKey(item.questionId), prints, ...(neighbours === undefined ? {} : { neighbours }) }];
  });
}
