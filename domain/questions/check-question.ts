/** Judges whether the definition of a question holds together: key against options, ratios, patterns, ranges, gaps. */
import { compare, parseDecimal, ZERO } from '#domain/decimal.ts';
import { hasIllFormedText } from '#domain/text.ts';
import {
  checkNumericKey,
  checkOfferedUnits,
  checkOptions,
  checkPoints,
  checkRatio,
  checkShortTextKey,
  includesId,
  isBlank,
  MINUS_ONE,
  RATIO_LIMITS,
} from './check-keys.ts';
import { checkClozeParts, checkHotSpotParts, checkMatchingParts, checkOrderingParts } from './check-parts.ts';
import { ErrorList, step } from './error-list.ts';
import type { CheckResult, MultipleChoiceQuestion, QuestionContent, SingleChoiceQuestion } from './types.ts';

function checkWeights(errors: ErrorList, question: SingleChoiceQuestion | MultipleChoiceQuestion): boolean {
  let positive = false;
  for (const [id, weight] of Object.entries(question.key.weights ?? {})) {
    const pointer = `/key/weights${step(id)}`;
    errors.unless(includesId(question.options, id), pointer, 'must be the id of an option');
    checkRatio(errors, weight, MINUS_ONE, pointer);
    positive ||= compare(parseDecimal(weight, RATIO_LIMITS) ?? ZERO, ZERO) > 0;
  }
  return positive;
}

function checkSingleChoice(errors: ErrorList, question: SingleChoiceQuestion): void {
  checkOptions(errors, question.options, 2, '/options');
  errors.unless(includesId(question.options, question.key.optionId), '/key/optionId', 'must be the id of an option');
  checkWeights(errors, question);
}

function checkMultipleChoice(errors: ErrorList, question: MultipleChoiceQuestion): void {
  const { optionIds, scoring, minRatio } = question.key;
  checkOptions(errors, question.options, 2, '/options');
  optionIds.forEach((id, index) => {
    const fine = includesId(question.options, id) && optionIds.indexOf(id) === index;
    errors.unless(fine, `/key/optionIds/${index}`, 'must be the id of an option, named once');
  });
  const positive = checkWeights(errors, question);
  if (scoring === 'weights') errors.unless(positive, '/key/weights', 'must give at least one option a weight above 0');
  else errors.unless(optionIds.length > 0, '/key/optionIds', 'must name at least one option');
  if (minRatio !== undefined) {
    const value = parseDecimal(minRatio, RATIO_LIMITS);
    errors.unless(value !== undefined && compare(value, MINUS_ONE) >= 0 && compare(value, ZERO) <= 0, '/key/minRatio', 'must be a decimal from -1 to 0');
  }
}

function checkWordLimits(errors: ErrorList, minWords: number | undefined, maxWords: number | undefined): void {
  const whole = (words: number | undefined): boolean => words === undefined || (Number.isSafeInteger(words) && words >= 0);
  errors.unless(whole(minWords), '/key/minWords', 'must be a whole number of 0 or more');
  errors.unless(whole(maxWords) && maxWords !== 0, '/key/maxWords', 'must be a whole number above 0');
  if (minWords !== undefined && maxWords !== undefined) errors.unless(minWords <= maxWords, '/key/maxWords', 'must not be below minWords');
}

function checkType(errors: ErrorList, question: QuestionContent): void {
  switch (question.type) {
    case 'single-choice':
      return checkSingleChoice(errors, question);
    case 'multiple-choice':
      return checkMultipleChoice(errors, question);
    case 'short-text':
      return checkShortTextKey(errors, question.key, '/key');
    case 'numeric':
      checkNumericKey(errors, question.key, '/key');
      return checkOfferedUnits(errors, question.options?.units, question.key, '/options/units');
    case 'essay':
      return checkWordLimits(errors, question.key.minWords, question.key.maxWords);
    case 'matching':
      return checkMatchingParts(errors, question);
    case 'ordering':
      return checkOrderingParts(errors, question);
    case 'cloze':
      return checkClozeParts(errors, question);
    case 'hot-spot':
      return checkHotSpotParts(errors, question);
    case 'true-false':
    case 'file-upload':
    case 'code':
      return;
  }
}

/**
 * Checks a question whose shape is right for consistency.
 * @returns ok, or every error with a pointer into the question.
 */
export function checkQuestion(question: QuestionContent): CheckResult {
  const errors = new ErrorList();
  errors.unless(!hasIllFormedText(question), '', 'holds a character that can not be stored');
  errors.unless(!isBlank(question.text) || (question.media?.length ?? 0) > 0, '/text', 'must not be empty without media');
  checkPoints(errors, question.points, '/points');
  checkType(errors, question);
  return errors.result();
}
