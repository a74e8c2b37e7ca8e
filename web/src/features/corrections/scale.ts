import type { GradeScale, GradeScaleIn } from './api.ts';

/** A grade and where it begins, as typed. */
export interface Band {
  readonly label: string;
  readonly at: string;
}

/** Whether a kind of scale has cut-offs of its own. */
export function hasBands(kind: GradeScale['kind']): boolean {
  return kind === 'letters' || kind === 'bands' || kind === 'percentile';
}

/** The bands of a scale as a form shows them. */
export function bandsOf(scale: Pick<GradeScale, 'kind' | 'bands'>): Band[] {
  return scale.bands.map(({ label, from, topPercent }) => ({ label, at: (scale.kind === 'percentile' ? topPercent : from) ?? '' }));
}

/** The scale that a form asks for; letters without bands are those of the institution. */
export function scaleInOf(kind: GradeScale['kind'], unit: GradeScale['unit'], places: number, bands: readonly Band[]): GradeScaleIn {
  const cuts = bands.map(({ label, at }) => ({ label, from: at.trim() }));
  if (kind === 'percentile') return { kind, places, bands: bands.map(({ label, at }) => ({ label, topPercent: at.trim() })) };
  if (kind === 'bands') return { kind, places, unit, bands: cuts };
  if (kind === 'letters') return { kind, places, ...(cuts.length === 0 ? {} : { bands: cuts }) };
  return { kind, places };
}
