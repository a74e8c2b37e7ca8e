/** The mark of one response. */
import { add, decimal, divide, type Fraction, formatDecimal, multiply, ONE, ZERO } from '#domain/decimal.ts';
import type { ClozeGapKey, ClozeQuestion, GapResponse, QuestionContent, QuestionResponse, ResponseByType } from '#domain/questions/types.ts';
import { isAnswered } from './answered.ts';
import { gradeMatching, gradeMultipleChoice, gradeOrdering, gradeSingleChoice } from './choice.ts';
import { gradeHotSpot } from './hot-spot.ts';
import { gradeNumeric, gradeShortText } from './typed.ts';

/** The mark of an item: given, or waiting for a person. */
export type ItemGrade =
  | {
      readonly state: 'graded';
      /** Decimal string, rounded once to four places; below 0 where the author set negative marks. */
      readonly points: string;
      readonly maxPoints: string;
      /** Share of the points that was earned, decimal string, rounded to four places. */
      readonly ratio: string;
      readonly answered: boolean;
    }
  | { readonly state: 'pending'; readonly points: null; readonly maxPoints: string; readonly ratio: null; readonly answered: true };

function gradeGap(key: ClozeGapKey, response: GapResponse | null | undefined): Fraction {
  if (response === null || response === undefined) return ZERO;
  if ('optionId' in key) return gradeSingleChoice(key, response as ResponseByType['single-choice']);
  return 'matchCase' in key
    ? gradeShortText(key, response as ResponseByType['short-text'])
    : gradeNumeric(key, response as ResponseByType['numeric']);
}

/** Cloze: the points of the gaps weigh them against each other, 1 each unless set; the sum is exact. */
function gradeCloze(key: ClozeQuestion['key'], response: ResponseByType['cloze']): Fraction {
  let earned = ZERO;
  let possible = ZERO;
  for (const [id, gap] of Object.entries(key.gaps)) {
    const worth = gap.points === undefined ? ONE : decimal(gap.points);
    const given = Object.hasOwn(response.gaps, id) ? response.gaps[id] : null;
    earned = add(earned, multiply(worth, gradeGap(gap, given)));
    possible = add(possible, worth);
  }
  return possible.num === 0n ? ZERO : divide(earned, possible);
}

/** The exact share of the points, or null when a person has to decide. */
function ratioFor(question: QuestionContent, response: QuestionResponse): Fraction | null {
  switch (question.type) {
    case 'single-choice':
      return gradeSingleChoice(question.key, response as ResponseByType['single-choice']);
    case 'multiple-choice':
      return gradeMultipleChoice(question.key, response as ResponseByType['multiple-choice']);
    case 'true-false':
      return (response as ResponseByType['true-false']).value === question.key.value ? ONE : ZERO;
    case 'short-text':
      return gradeShortText(question.key, response as ResponseByType['short-text']);
    case 'numeric':
      return gradeNumeric(question.key, response as ResponseByType['numeric']);
    case 'matching':
      return gradeMatching(question.key, response as ResponseByType['matching']);
    case 'ordering':
      return gradeOrdering(question.key, response as ResponseByType['ordering']);
    case 'cloze':
      return gradeCloze(question.key, response as ResponseByType['cloze']);
    case 'hot-spot':
      return gradeHotSpot(question.key, response as ResponseByType['hot-spot']);
    case 'essay':
    case 'file-upload':
    case 'code':
      return null;
  }
}

/**
 * Grades one response. The share of the points is computed exactly and multiplied by the points; the mark is rounded once,
 * half up, to four places. An unanswered item is graded with 0; an answered essay, upload or code waits for a person.
 * @param question the question with its key.
 * @param response a response that passed the check of its type, or null.
 * @param points what the item is worth in this exam, decimal string.
 * @throws TypeError or RangeError when response or key do not have the shape of their type.
 */
export function gradeItem(question: QuestionContent, response: unknown, points: string): ItemGrade {
  const worth = decimal(points);
  const maxPoints = formatDecimal(worth);
  const answered = isAnswered(question.type, response);
  if (!answered) return { state: 'graded', points: '0', maxPoints, ratio: '0', answered };
  const ratio = ratioFor(question, response as QuestionResponse);
  if (ratio === null) return { state: 'pending', points: null, maxPoints, ratio: null, answered };
  return { state: 'graded', points: formatDecimal(multiply(worth, ratio)), maxPoints, ratio: formatDecimal(ratio), answered };
}
