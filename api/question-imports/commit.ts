import { v7 as uuidv7 } from 'uuid';

import { invalid } from '#api/http/problem.ts';
import type { Origin } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';
import { lockExamRow, updateExam } from '#db/exams/exams.ts';
import { type ImportItem, listImportItems, markCommitted, type QuestionImport } from '#db/questions/imports.ts';
import { insertQuestions } from '#db/questions/questions.ts';
import type { QuestionDraft } from '#db/questions/rows.ts';
import { Refusal } from '#domain/problem.ts';

/**
 * Takes items of a reviewed file into the bank, all or none, and puts them into the draft that the upload named.
 * Done twice, it answers the same ids.
 * @param held the import, its row locked
 * @param indexes which items; every ready one when absent. Duplicates can be asked for, skipped ones can not
 * @throws state-conflict, validation-failed, published-exam-is-frozen
 */
export async function commitImport(tx: Tx, held: QuestionImport, indexes: readonly number[] | undefined, origin: Origin): Promise<readonly string[]> {
  const items = await listImportItems(tx, held.id);
  if (held.state === 'committed') return committedIds(items, indexes);
  if (held.state !== 'ready') throw new Refusal('state-conflict', `This file is ${held.state}; only a file that is ready for review can be committed.`);
  const chosen = choose(items, indexes);
  const drafts = chosen.map(({ question }): QuestionDraft => ({ content: question!.content, meta: question!.meta, origin: 'import' }));
  const ids = await insertQuestions(tx, drafts, held.createdBy);
  if (held.examId !== null && ids.length > 0) await appendToExam(tx, held.examId, drafts.map((draft, place) => ({ questionId: ids[place]!, points: draft.content.points })), origin);
  await markCommitted(tx, held.id, chosen.map((item, place) => ({ index: item.index, questionId: ids[place]! })), origin);
  return ids;
}

function choose(items: readonly ImportItem[], indexes: readonly number[] | undefined): readonly ImportItem[] {
  if (indexes === undefined) return items.filter((item) => item.status === 'ready');
  const byIndex = new Map(items.map((item) => [item.index, item]));
  const errors = indexes.flatMap((index, place) => {
    const item = byIndex.get(index);
    if (item?.question !== null && item !== undefined) return [];
    return [{ pointer: `/indexes/${place}`, message: item === undefined ? 'is not an item of this file' : 'was skipped and can not be taken' }];
  });
  if (errors.length > 0) throw invalid(errors);
  const wanted = new Set(indexes);
  return items.filter((item) => wanted.has(item.index));
}

function committedIds(items: readonly ImportItem[], indexes: readonly number[] | undefined): readonly string[] {
  const made = items.filter((item) => item.questionId !== null);
  const wanted = indexes === undefined ? undefined : new Set(indexes);
  if (wanted !== undefined && (wanted.size !== made.length || made.some((item) => !wanted.has(item.index)))) {
    throw new Refusal('state-conflict', 'This file was committed already, with other items. Upload it again for the rest.');
  }
  return made.map((item) => item.questionId!);
}

async function appendToExam(tx: Tx, examId: string, added: readonly { readonly questionId: string; readonly points: string }[], origin: Origin): Promise<void> {
  const exam = await lockExamRow(tx, examId);
  if (exam.lifecycle !== 'draft') {
    throw new Refusal('published-exam-is-frozen', 'The exam of this upload was published meanwhile. Upload the file without it.');
  }
  const [first = { title: '', items: [] }, ...others] = exam.sections;
  const items = [...first.items, ...added.map((item) => ({ id: uuidv7(), ...item }))];
  await updateExam(tx, exam, { sections: [{ ...first, items }, ...others] }, origin);
}
