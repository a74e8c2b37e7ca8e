/** Consistency of the question types that are made of parts: matching, ordering, cloze, hot-spot. */
import {
  checkNumericKey,
  checkOfferedUnits,
  checkOptions,
  checkPoints,
  checkRatio,
  checkShortTextKey,
  includesId,
  MINUS_ONE,
} from './check-keys.ts';
import { gapIds } from './cloze-marks.ts';
import { type ErrorList, step } from './error-list.ts';
import type { ClozeGap, ClozeGapKey, ClozeQuestion, HotSpotArea, HotSpotQuestion, MatchingQuestion, OrderingQuestion } from './types.ts';

/** Checks that every left row has one right partner. */
export function checkMatchingParts(errors: ErrorList, question: MatchingQuestion): void {
  const { left, right } = question.options;
  const { pairs } = question.key;
  checkOptions(errors, left, 1, '/options/left');
  checkOptions(errors, right, 2, '/options/right');
  for (const row of left) errors.unless(Object.hasOwn(pairs, row.id), `/key/pairs${step(row.id)}`, 'must name the partner of this row');
  for (const [id, partner] of Object.entries(pairs)) {
    errors.unless(includesId(left, id), `/key/pairs${step(id)}`, 'must be the id of a left option');
    errors.unless(includesId(right, partner), `/key/pairs${step(id)}`, 'must name a right option');
  }
}

/** Checks that the key puts every element in one place. */
export function checkOrderingParts(errors: ErrorList, question: OrderingQuestion): void {
  const { order } = question.key;
  checkOptions(errors, question.options, 2, '/options');
  const complete = order.length === question.options.length && new Set(order).size === order.length;
  errors.unless(complete && order.every((id) => includesId(question.options, id)), '/key/order', 'must name every option once');
}

function checkGap(errors: ErrorList, id: string, gap: ClozeGap, key: ClozeGapKey): void {
  const at = `/key/gaps${step(id)}`;
  if (key.points !== undefined) checkPoints(errors, key.points, `${at}/points`);
  if (gap.kind === 'choice') {
    checkOptions(errors, gap.options, 2, `/options/gaps${step(id)}/options`);
    errors.unless('optionId' in key && includesId(gap.options, key.optionId), `${at}/optionId`, 'must be the id of an option of this gap');
  } else if (gap.kind === 'text') {
    if ('matchCase' in key) checkShortTextKey(errors, key, at);
    else errors.unless(false, at, 'must be the key of a short text');
  } else if ('accepted' in key && !('matchCase' in key)) {
    checkNumericKey(errors, key, at);
    checkOfferedUnits(errors, gap.units, key, `/options/gaps${step(id)}/units`);
  } else {
    errors.unless(false, at, 'must be the key of a number');
  }
}

/** Checks that marks in the text, gaps and keys belong together one to one. */
export function checkClozeParts(errors: ErrorList, question: ClozeQuestion): void {
  const { gaps } = question.options;
  const marked = gapIds(question.text.value);
  errors.unless(marked.length > 0, '/text', 'must hold at least one gap mark like [[g1]]');
  for (const id of new Set(marked)) {
    errors.unless(Object.hasOwn(gaps, id), `/options/gaps${step(id)}`, 'is marked in the text but not described');
    errors.unless(marked.indexOf(id) === marked.lastIndexOf(id), '/text', `must mark the gap ${id} once`);
  }
  for (const [id, gap] of Object.entries(gaps)) {
    errors.unless(marked.includes(id), `/options/gaps${step(id)}`, 'is not marked in the text');
    const key = Object.hasOwn(question.key.gaps, id) ? question.key.gaps[id] : undefined;
    if (key === undefined) errors.unless(false, `/key/gaps${step(id)}`, 'must be the key of this gap');
    else checkGap(errors, id, gap, key);
  }
  for (const id of Object.keys(question.key.gaps)) errors.unless(Object.hasOwn(gaps, id), `/key/gaps${step(id)}`, 'must be the id of a gap');
}

const CORNERS: Record<HotSpotArea['shape'], { fewest: number; most: number }> = {
  rect: { fewest: 2, most: 2 },
  circle: { fewest: 2, most: 2 },
  polygon: { fewest: 3, most: 200 },
};

/** Checks that the areas lie on the image and one of them earns points. */
export function checkHotSpotParts(errors: ErrorList, question: HotSpotQuestion): void {
  const { areas } = question.key;
  errors.unless((question.media?.length ?? 0) > 0, '/media', 'must name the image');
  errors.unless(areas.some((area) => !(area.ratio ?? '1').startsWith('-') && Number(area.ratio ?? 1) > 0), '/key/areas', 'must hold an area that earns points');
  const most = question.options?.maxPoints ?? 1;
  errors.unless(Number.isSafeInteger(most) && most >= 1, '/options/maxPoints', 'must be a whole number above 0');
  areas.forEach((area, index) => {
    const { fewest, most: largest } = CORNERS[area.shape];
    const count = area.points.length;
    errors.unless(count >= fewest && count <= largest, `/key/areas/${index}/points`, `must have ${fewest} to ${largest} points`);
    const onImage = area.points.every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1);
    errors.unless(onImage, `/key/areas/${index}/points`, 'must lie on the image, with fractions from 0 to 1');
    checkRatio(errors, area.ratio, MINUS_ONE, `/key/areas/${index}/ratio`);
  });
}
