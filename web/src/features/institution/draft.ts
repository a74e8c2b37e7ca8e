import { contrastWithPaper, LEAST_CONTRAST } from '#domain/report/contrast.ts';
import { bandsOf, type Band } from '#web/features/corrections/scale.ts';

import type { Institution } from './api.ts';

/** The institution as the form has it. */
export interface Draft {
  readonly name: string;
  readonly colour: string;
  readonly logoMediaId: string | null;
  readonly address: string;
  readonly footer: string;
  readonly reportDays: number | undefined;
  readonly letters: readonly Band[];
}

/** What keeps a draft from being saved, by field. */
export type DraftProblems = Partial<Record<'colour' | 'contrast' | 'reportDays' | 'letters', true>>;

const COLOUR = /^#[0-9a-f]{6}$/u;
const DECIMAL = /^\d{1,3}([.,]\d{1,4})?$/u;

/** The form of an institution. */
export function draftOf({ address, colour, footer, letters, logoMediaId, name, reportDays }: Institution): Draft {
  return { name, colour, logoMediaId, address, footer, reportDays, letters: bandsOf({ kind: 'letters', bands: letters.map((band) => ({ ...band, count: 0 })) }) };
}

/** The change that a draft asks for. */
export function changeOf(draft: Draft): Omit<Institution, 'version'> {
  return { ...draft, reportDays: draft.reportDays ?? 0, letters: draft.letters.map(({ at, label }) => ({ label: label.trim(), from: at.trim().replace(',', '.') })) };
}

/** Looks for what would be refused. */
export function problemsOf(draft: Draft): DraftProblems {
  const isColour = COLOUR.test(draft.colour);
  return {
    ...(isColour ? {} : { colour: true }),
    ...(isColour && contrastWithPaper(draft.colour) < LEAST_CONTRAST ? { contrast: true } : {}),
    ...(draft.reportDays === undefined || draft.reportDays < 1 || draft.reportDays > 3_650 ? { reportDays: true } : {}),
    ...(areLetters(draft.letters) ? {} : { letters: true }),
  };
}

/** The letter for a percent; undefined while the table is not right. */
export function letterFor(percent: number, bands: readonly Band[]): string | undefined {
  return areLetters(bands) ? bands.find(({ at }) => percent >= valueOf(at))?.label : undefined;
}

// from the best to the worst, each once, down to 0
function areLetters(bands: readonly Band[]): boolean {
  const labels = bands.map(({ label }) => label.trim());
  return bands.length > 0 && !labels.includes('') && new Set(labels).size === labels.length && bands.every(({ at }) => DECIMAL.test(at.trim()))
    && bands.every(({ at }, index) => index === 0 || valueOf(at) < valueOf(bands[index - 1]!.at)) && valueOf(bands.at(-1)!.at) === 0;
}

function valueOf(at: string): number {
  return Number(at.trim().replace(',', '.'));
}
