/**
 * Judges the shape of a response against the item as the student sees it; whether it is right is a matter of grading.
 * On the path of every answer save: a good response costs no allocation. Its size is checked where bytes are counted.
 */
import { isIllFormedString } from '#domain/text.ts';
import { step } from './error-list.ts';
import type { CheckResult, ClozeGap, ContentError, PaperItem, VisibleOption } from './types.ts';

const OK: CheckResult = { ok: true };

/** Collects errors; stays null while there are none. */
type Errors = ContentError[] | null;
type Fields = Readonly<Record<string, unknown>>;

/** Most letters of a number as typed; longer ones cannot be told apart by any tolerance. */
export const MAX_NUMBER_LENGTH = 100;

/** Points a student may set on an image when the question does not say. */
export const DEFAULT_HOT_SPOT_POINTS = 1;

function fail(errors: Errors, pointer: string, message: string): ContentError[] {
  if (errors === null) return [{ pointer, message }];
  errors.push({ pointer, message });
  return errors;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasId(options: readonly VisibleOption[], id: unknown): boolean {
  for (let index = 0; index < options.length; index += 1) if (options[index]?.id === id) return true;
  return false;
}

function isRepeated(list: readonly unknown[], index: number): boolean {
  for (let before = 0; before < index; before += 1) if (list[before] === list[index]) return true;
  return false;
}

function checkFields(value: Fields, first: string, second: string | null, at: string, errors: Errors): Errors {
  let found = errors;
  for (const name in value) {
    if (name !== first && name !== second) found = fail(found, at + step(name), 'this field is not known here');
  }
  return found;
}

function checkText(value: unknown, pointer: string, errors: Errors): Errors {
  if (typeof value !== 'string') return fail(errors, pointer, 'must be a text');
  return isIllFormedString(value) ? fail(errors, pointer, 'holds a character that can not be stored') : errors;
}

function checkChosen(value: Fields, options: readonly VisibleOption[], at: string): Errors {
  const errors = checkFields(value, 'optionId', null, at, null);
  return hasId(options, value['optionId']) ? errors : fail(errors, `${at}/optionId`, 'must be the id of an option of this question');
}

function checkTyped(value: Fields, at: string): Errors {
  return checkText(value['text'], `${at}/text`, checkFields(value, 'text', null, at, null));
}

function checkNumber(value: Fields, units: readonly string[] | undefined, at: string): Errors {
  let errors = checkText(value['value'], `${at}/value`, checkFields(value, 'value', 'unit', at, null));
  const typed = value['value'];
  if (typeof typed === 'string' && typed.length > MAX_NUMBER_LENGTH) errors = fail(errors, `${at}/value`, `must have at most ${MAX_NUMBER_LENGTH} characters`);
  const unit = value['unit'];
  if (unit === undefined) return errors;
  if (units !== undefined && !units.includes(unit as string)) return fail(errors, `${at}/unit`, 'must be one of the units of this question');
  return checkText(unit, `${at}/unit`, errors);
}

/** Checks a list of ids: all known, none twice. */
function checkIds(list: unknown, options: readonly VisibleOption[], pointer: string, errors: Errors): Errors {
  if (!Array.isArray(list)) return fail(errors, pointer, 'must be a list of option ids');
  let found = errors;
  for (let index = 0; index < list.length; index += 1) {
    if (!hasId(options, list[index])) found = fail(found, `${pointer}/${index}`, 'must be the id of an option of this question');
    else if (isRepeated(list, index)) found = fail(found, `${pointer}/${index}`, 'stands twice in the list');
  }
  return found;
}

function checkPairs(value: Fields, left: readonly VisibleOption[], right: readonly VisibleOption[]): Errors {
  let errors = checkFields(value, 'pairs', null, '', null);
  const pairs = value['pairs'];
  if (!isRecord(pairs)) return fail(errors, '/pairs', 'must be an object from left id to right id');
  for (const id in pairs) {
    if (!hasId(left, id)) errors = fail(errors, `/pairs${step(id)}`, 'must be the id of a left option of this question');
    else if (!hasId(right, pairs[id])) errors = fail(errors, `/pairs${step(id)}`, 'must be the id of a right option of this question');
  }
  return errors;
}

function checkGap(gap: ClozeGap, value: unknown, at: string): Errors {
  if (value === null) return null;
  if (!isRecord(value)) return fail(null, at, 'must be an object or null');
  if (gap.kind === 'choice') return checkChosen(value, gap.options, at);
  return gap.kind === 'numeric' ? checkNumber(value, gap.units, at) : checkTyped(value, at);
}

function checkGaps(value: Fields, gaps: Readonly<Record<string, ClozeGap>>): Errors {
  let errors = checkFields(value, 'gaps', null, '', null);
  const given = value['gaps'];
  if (!isRecord(given)) return fail(errors, '/gaps', 'must be an object from gap id to response');
  for (const id in given) {
    const gap = Object.hasOwn(gaps, id) ? gaps[id] : undefined;
    if (gap === undefined) {
      errors = fail(errors, `/gaps${step(id)}`, 'must be the id of a gap of this question');
      continue;
    }
    const found = checkGap(gap, given[id], `/gaps${step(id)}`);
    if (found !== null) errors = errors === null ? found : errors.concat(found);
  }
  return errors;
}

function isFractionOfImage(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function checkPoints(value: Fields, most: number): Errors {
  let errors = checkFields(value, 'points', null, '', null);
  const points = value['points'];
  if (!Array.isArray(points)) return fail(errors, '/points', 'must be a list of points [x, y]');
  if (points.length > most) errors = fail(errors, '/points', `must have at most ${most} entries`);
  for (let index = 0; index < points.length; index += 1) {
    const point: unknown = points[index];
    if (!Array.isArray(point) || point.length !== 2 || !isFractionOfImage(point[0]) || !isFractionOfImage(point[1])) {
      errors = fail(errors, `/points/${index}`, 'must be [x, y] with fractions from 0 to 1');
    }
  }
  return errors;
}

function checkFiles(value: Fields, most: number): Errors {
  let errors = checkFields(value, 'fileIds', null, '', null);
  const ids = value['fileIds'];
  if (!Array.isArray(ids)) return fail(errors, '/fileIds', 'must be a list of file ids');
  if (ids.length > most) errors = fail(errors, '/fileIds', `must have at most ${most} entries`);
  for (let index = 0; index < ids.length; index += 1) {
    errors = checkText(ids[index], `/fileIds/${index}`, errors);
    if (isRepeated(ids, index)) errors = fail(errors, `/fileIds/${index}`, 'stands twice in the list');
  }
  return errors;
}

function checkOneOf(value: unknown, allowed: readonly string[] | undefined, pointer: string, errors: Errors): Errors {
  if (value === undefined) return errors;
  if (allowed !== undefined && !allowed.includes(value as string)) return fail(errors, pointer, `must be one of: ${allowed.join(', ')}`);
  return checkText(value, pointer, errors);
}

const ESSAY_FORMATS: readonly string[] = ['plain', 'html'];

function errorsOf(item: PaperItem, value: Fields): Errors {
  switch (item.type) {
    case 'single-choice':
      return checkChosen(value, item.options, '');
    case 'multiple-choice':
      return checkIds(value['optionIds'], item.options, '/optionIds', checkFields(value, 'optionIds', null, '', null));
    case 'true-false': {
      const errors = checkFields(value, 'value', null, '', null);
      return typeof value['value'] === 'boolean' ? errors : fail(errors, '/value', 'must be true or false');
    }
    case 'short-text':
      return checkTyped(value, '');
    case 'numeric':
      return checkNumber(value, item.options?.units, '');
    case 'essay': {
      const errors = checkText(value['text'], '/text', checkFields(value, 'text', 'format', '', null));
      return checkOneOf(value['format'], ESSAY_FORMATS, '/format', errors);
    }
    case 'matching':
      return checkPairs(value, item.options.left, item.options.right);
    case 'ordering':
      return checkIds(value['order'], item.options, '/order', checkFields(value, 'order', null, '', null));
    case 'cloze':
      return checkGaps(value, item.options.gaps);
    case 'hot-spot':
      return checkPoints(value, item.options?.maxPoints ?? DEFAULT_HOT_SPOT_POINTS);
    case 'file-upload':
      return checkFiles(value, item.options?.maxFiles ?? 1);
    case 'code': {
      const errors = checkText(value['text'], '/text', checkFields(value, 'text', 'language', '', null));
      return checkOneOf(value['language'], item.options?.languages, '/language', errors);
    }
  }
}

/**
 * Checks a response against its item.
 * @param item the item as it stands in the paper of the session.
 * @param response any JSON value; null is a cleared answer and always fine.
 * @returns ok, or every error with a pointer into the response ('' is the response itself).
 */
export function checkResponse(item: PaperItem, response: unknown): CheckResult {
  if (response === null) return OK;
  if (!isRecord(response)) return { ok: false, errors: [{ pointer: '', message: 'must be an object or null' }] };
  const errors = errorsOf(item, response);
  return errors === null ? OK : { ok: false, errors };
}
