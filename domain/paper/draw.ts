/** Draws the paper of a session from the frozen content of its exam. */
import type { ClozeGap, ClozeQuestion, QuestionContent } from '#domain/questions/types.ts';
import { drawnItemId } from './item-id.ts';
import { Random } from './random.ts';
import type { DrawnItem, DrawnPaper, ExamContent, FixedItem, FrozenSection } from './types.ts';

/**
 * Tells which sections can not be drawn. A question never stands twice on a paper: fixed ones and the ones drawn by earlier
 * sections leave the pool, and the count must be reached whatever the earlier sections happen to take.
 * @returns indexes of the sections whose pool may run short; empty when every seed gives a full paper.
 */
export function shortSections(content: Pick<ExamContent, 'sections'>): number[] {
  const fixed = fixedQuestions(content);
  const earlier: { pool: Set<string>; count: number }[] = [];
  const short: number[] = [];
  content.sections.forEach((section, index) => {
    if (section.draw === undefined) return;
    const pool = new Set(section.draw.pool.filter((id) => !fixed.has(id)));
    let available = pool.size;
    for (const draw of earlier) available -= Math.min(draw.count, [...draw.pool].filter((id) => pool.has(id)).length);
    if (available < section.draw.count) short.push(index);
    earlier.push({ pool, count: section.draw.count });
  });
  return short;
}

function fixedQuestions(content: Pick<ExamContent, 'sections'>): Set<string> {
  return new Set(content.sections.flatMap((section) => section.items.map((item) => item.questionId)));
}

/**
 * Draws a paper. The same content and seed give the same paper for ever (algorithm 1): one random source per paper, used
 * first for the draws section by section, then for the order of items section by section, then for the options item by item.
 * @param seed the 64-bit seed of the session.
 * @throws RangeError when a pool has too few questions, which publishing rules out with {@link shortSections}.
 */
export function drawPaper(content: ExamContent, seed: string | number | bigint): DrawnPaper {
  const random = Random.fromSeed(seed);
  const used = fixedQuestions(content);
  const drawn = content.sections.map((section, index) => [...section.items, ...drawItems(content.examId, section, index, used, random)]);
  const ordered = drawn.map((items) => (content.shuffleItems ? random.shuffle(items) : items));
  return {
    instructions: content.instructions,
    navigation: content.navigation,
    display: content.display,
    sections: content.sections.map((section, index) => ({
      title: section.title,
      items: (ordered[index] ?? []).map((item) => withQuestion(content, item, random)),
    })),
  };
}

function drawItems(examId: string, section: FrozenSection, index: number, used: Set<string>, random: Random): FixedItem[] {
  const { draw } = section;
  if (draw === undefined) return [];
  const free = draw.pool.filter((id) => !used.has(id));
  if (free.length < draw.count) throw new RangeError(`section ${index} needs ${draw.count} questions, its pool has ${free.length}`);
  const taken = random.shuffle(free).slice(0, draw.count);
  for (const id of taken) used.add(id);
  return taken.map((questionId) => ({ id: drawnItemId(examId, index, questionId), questionId, points: draw.points }));
}

function withQuestion(content: ExamContent, item: FixedItem, random: Random): DrawnItem {
  const frozen = content.questions[item.questionId];
  if (frozen === undefined) throw new RangeError(`question ${item.questionId} is not part of the exam content`);
  const question = orderOptions(frozen.content, content.shuffleOptions, random);
  return { id: item.id, questionId: item.questionId, questionVersion: frozen.version, points: item.points, question };
}

/** Elements to order and right rows to match are always shuffled: the order in which an author wrote them tells the answer. */
function orderOptions(question: QuestionContent, shuffleOptions: boolean, random: Random): QuestionContent {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return shuffleOptions ? { ...question, options: random.shuffle(question.options) } : question;
    case 'ordering':
      return { ...question, options: random.shuffle(question.options) };
    case 'matching': {
      const left = shuffleOptions ? random.shuffle(question.options.left) : question.options.left;
      return { ...question, options: { left, right: random.shuffle(question.options.right) } };
    }
    case 'cloze':
      return shuffleOptions ? shuffleGaps(question, random) : question;
    default:
      return question;
  }
}

function shuffleGaps(question: ClozeQuestion, random: Random): ClozeQuestion {
  const gaps: Record<string, ClozeGap> = {};
  // by id, because the order of object keys does not survive a jsonb column
  for (const id of Object.keys(question.options.gaps).sort()) {
    const gap = question.options.gaps[id] as ClozeGap;
    gaps[id] = gap.kind === 'choice' ? { ...gap, options: random.shuffle(gap.options) } : gap;
  }
  return { ...question, options: { gaps } };
}
