import type { QuestionIn } from '#contracts/questions.ts';
import type { QuestionDraft, QuestionOrigin } from '#db/questions/rows.ts';

/** Takes the content of a question and what the bank keeps besides apart. */
export function splitQuestion(input: QuestionIn, origin: QuestionOrigin): QuestionDraft {
  const { tags, subject, topic, difficulty, ...content } = input;
  return { content, meta: { tags, subject, topic, difficulty }, origin };
}
