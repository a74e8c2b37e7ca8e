import { LRUCache } from 'lru-cache';

import type { Queryable } from '#db/connection.ts';
import { correctItems, type ItemCorrection } from '#domain/grading/corrections.ts';
import { drawPaper } from '#domain/paper/draw.ts';
import { toPaperItem } from '#domain/paper/student-paper.ts';
import type { DrawnItem, DrawnPaper, ExamContent, StudentPaper } from '#domain/paper/types.ts';
import { Refusal } from '#domain/problem.ts';
import type { PaperItem } from '#domain/questions/types.ts';

/** Exams whose content a process keeps; one with 50 questions is about 200 kB. */
const KEPT_EXAMS = 200;

/**
 * The frozen content of published exams; immutable, so it is read once per process. Corrections of a regrade lie over it where papers
 * are marked and looked at afterwards, never where they are sat; whether there are new ones is asked each time.
 */
export interface ContentCache {
  /** Everything that papers are drawn from and graded with. @throws not-found for an exam that is not published */
  contentOf(examId: string): Promise<ExamContent>;
  /** The paper of a session with its keys and corrections; never sent to a student as it is. @throws not-found */
  drawnPaperOf(examId: string, seed: string): Promise<DrawnPaper>;
  /** The whole paper of a session as its student sees it. @throws not-found */
  paperOf(examId: string, seed: string): Promise<StudentPaper>;
}

/**
 * Reads the frozen content of an exam.
 * @throws not-found for an exam that is not published
 */
export async function selectExamContent(q: Queryable, examId: string): Promise<ExamContent> {
  const { rows } = await q.query<{ content: ExamContent }>('select content from exam_contents where exam_id = $1', [examId]);
  const row = rows[0];
  if (row === undefined) throw new Refusal('not-found', 'There is no published exam with this id.');
  return row.content;
}

/** The corrections of an exam, in the order in which they were decided. */
export async function listCorrections(q: Queryable, examId: string): Promise<readonly ItemCorrection[]> {
  const { rows } = await q.query<ItemCorrection>('select item_id as "itemId", correction from exam_corrections where exam_id = $1 order by number', [examId]);
  return rows;
}

/** Keeps the content of the exams that were used last. */
export function createContentCache(q: Queryable): ContentCache {
  const kept = new LRUCache<string, Promise<Entry>>({ max: KEPT_EXAMS });

  function entryOf(examId: string): Promise<Entry> {
    const known = kept.get(examId);
    if (known !== undefined) return known;
    const loading = selectExamContent(q, examId).then((content): Entry => ({ content, items: new Map() }));
    kept.set(examId, loading);
    // an absence may end with the publication, a failure with the next try
    loading.catch(() => kept.delete(examId));
    return loading;
  }

  // whoever asks before the statement is sent shares it: one for a batch of sessions, and none that is older than the question
  const asked = new Map<string, Promise<readonly ItemCorrection[]>>();

  function correctionsOf(examId: string): Promise<readonly ItemCorrection[]> {
    const known = asked.get(examId);
    if (known !== undefined) return known;
    const reading = Promise.resolve().then(() => {
      asked.delete(examId);
      return listCorrections(q, examId);
    });
    asked.set(examId, reading);
    return reading;
  }

  return {
    contentOf: async (examId) => (await entryOf(examId)).content,
    async drawnPaperOf(examId, seed) {
      const [entry, corrections] = await Promise.all([entryOf(examId), correctionsOf(examId)]);
      const paper = drawPaper(entry.content, seed);
      return corrections.length === 0 ? paper : { ...paper, sections: paper.sections.map((section) => ({ ...section, items: correctItems(section.items, corrections) })) };
    },
    async paperOf(examId, seed) {
      const entry = await entryOf(examId);
      const paper = drawPaper(entry.content, seed);
      const sections = paper.sections.map(({ title, items }) => ({ title, items: items.map((item) => visibleItem(entry, item)) }));
      const itemCount = sections.reduce((count, section) => count + section.items.length, 0);
      return { instructions: paper.instructions, navigation: paper.navigation, display: paper.display, itemCount, sections };
    },
  };
}

interface Entry {
  readonly content: ExamContent;
  /** Items that look the same on every paper. */
  readonly items: Map<string, PaperItem>;
}

/** Thousands of sessions share the items whose options keep their order. */
function visibleItem(entry: Entry, item: DrawnItem): PaperItem {
  if (entry.content.questions[item.questionId]?.content !== item.question) return toPaperItem(item);
  const known = entry.items.get(item.id);
  if (known !== undefined) return known;
  const made = toPaperItem(item);
  entry.items.set(item.id, made);
  return made;
}
