import { presentContent } from '#api/questions/present.ts';
import type { ImportItem, QuestionImport } from '#db/questions/imports.ts';

/** A file under review, with every item. */
export function presentImport(held: QuestionImport, items: readonly ImportItem[]): Record<string, unknown> {
  const count = (status: ImportItem['status']): number => items.filter((item) => item.status === status).length;
  return {
    id: held.id,
    state: held.state,
    format: held.format,
    fileName: held.fileName,
    encoding: held.encoding,
    examId: held.examId,
    detail: held.detail,
    counts: { total: items.length, ready: count('ready'), skipped: count('skipped'), duplicate: count('duplicate') },
    items: items.map(presentItem),
    createdAt: new Date(held.createdAtMs).toISOString(),
    committedAt: held.committedAtMs === null ? null : new Date(held.committedAtMs).toISOString(),
  };
}

function presentItem(item: ImportItem): Record<string, unknown> {
  return {
    index: item.index,
    line: item.line,
    status: item.status,
    ...(item.reason === null ? {} : { reason: item.reason }),
    ...(item.raw === null ? {} : { raw: item.raw }),
    ...(item.question === null ? {} : { question: presentContent(item.question.content, item.question.meta) }),
    ...(item.questionId === null ? {} : { questionId: item.questionId }),
  };
}
