import { compare, decimal, parseDecimal } from '#domain/decimal.ts';
import { rubricPoints as pointsOf } from '#domain/marking/points.ts';

import type { Rubric } from '../api.ts';

/** What was chosen: a criterion of an additive rubric, or a level of one. */
export type Picks = Readonly<Record<string, string | true>>;

/** What the chosen lines of a rubric give, within 0 and the maximum. @returns undefined while nothing is chosen, or a level is missing */
export function rubricPoints(rubric: Pick<Rubric, 'kind' | 'criteria'>, picks: Picks, max: string): string | undefined {
  const chosen = rubric.criteria.flatMap(({ id, levels }) => {
    const pick = picks[id];
    if (pick === undefined || (rubric.kind === 'level' && levels?.some((level) => level.id === pick) !== true)) return [];
    return [{ criterionId: id, levelId: pick === true ? null : pick, comment: null }];
  });
  if (chosen.length === 0 || (rubric.kind === 'level' && chosen.length < rubric.criteria.length)) return undefined;
  const verdict = pointsOf(rubric, chosen, max);
  return verdict.ok ? verdict.points : undefined;
}

/** Points as somebody typed them, in the form of the API: "2,5" and "2." are meant as numbers. */
export function readPoints(typed: string): string {
  return typed.trim().replace(',', '.').replace(/\.$/, '');
}

/** What keeps typed points from being a mark. */
export function pointsFault(typed: string, max: string): 'missing' | 'not-a-number' | 'too-many' | undefined {
  const text = readPoints(typed);
  if (text === '') return 'missing';
  const points = /^\d/.test(text) ? parseDecimal(text) : undefined;
  if (points === undefined) return 'not-a-number';
  return compare(points, decimal(max)) > 0 ? 'too-many' : undefined;
}
