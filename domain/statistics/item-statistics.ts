import { mean, sampleCovariance, sampleSd } from './descriptive.ts';
import {
  choiceFigures, type ChoiceFigures, discriminativeEfficiency, effectiveWeights, facility, itemRestCorrelation, itemTotalCorrelation, restOf, upperLower27, upperLowerCut27,
} from './discrimination.ts';
import type { ChoiceFacts, ExamFacts, ItemColumn, ItemFacts } from './facts.ts';
import type { ItemFlag } from './flags.ts';
import type { Models } from './models.ts';
import type { Note, Reason } from './reasons.ts';
import { alphaIfDeleted, type ItemCovariances } from './reliability.ts';
import { scoreGroups } from './score-groups.ts';

/** One line of the distractor table. */
export interface ChoiceStatistics extends ChoiceFigures {
  readonly optionId: string;
  readonly text: string;
  readonly isKey: boolean;
}

/** What there is to say about one item. */
export interface ItemStatistics extends Omit<ItemFacts, 'choices'> {
  readonly maxPoints: number;
  readonly n: number;
  readonly omitted: number;
  readonly meanPoints: number | null;
  readonly facility: number | null;
  readonly facilityAnswered: number | null;
  readonly sd: number | null;
  readonly discrimination: Readonly<Record<'upperLower27' | 'upperLowerCut27' | 'itemRest' | 'itemTotal' | 'pointBiserial', number | null>>;
  readonly discriminativeEfficiency: number | null;
  readonly intendedWeight: number | null;
  readonly effectiveWeight: number | null;
  readonly alphaIfDeleted: number | null;
  readonly medianSeconds: number | null;
  readonly timedSessions: number;
  readonly flags: readonly ItemFlag[];
  readonly groups: { readonly lower: number; readonly middle: number; readonly upper: number };
  readonly options: readonly ChoiceStatistics[] | null;
  readonly irt: {
    readonly rasch: { readonly difficulty: number; readonly se: number | null } | null;
    readonly twoPl: { readonly difficulty: number; readonly se: number | null; readonly discrimination: number; readonly discriminationSe: number | null } | null;
  } | null;
  readonly notes: readonly Note[];
}

/** What items share. */
export interface ExamContext {
  /** Of the items that somebody had, in their order. */
  readonly covariances: ItemCovariances;
  /** Items of one paper. */
  readonly length: number;
  readonly models: Models;
}

/** Fewer sessions say too little about an item to point at it. */
const FEWEST_FOR_FLAGS = 10;
/** @source R. L. Ebel, Essentials of Educational Measurement, 3rd edition (1979), chapter 13: below 0.20 an item is to be revised */
const LOW_DISCRIMINATION = 0.2;
const EASY = 0.95;
const HARD = 0.2;
const OFTEN_OMITTED = 0.2;
/** @source T. M. Haladyna, S. M. Downing, How many options is enough for a multiple-choice test item?, Educational and Psychological Measurement 53 (1993) 999-1010: a functioning distractor draws 5 % */
const FUNCTIONING = 0.05;

/** Computes the statistics of every item, in the order of the exam; items on nobody's paper have an n of 0. */
export function itemStatisticsOf(facts: ExamFacts, columns: readonly ItemColumn[], { covariances, length, models }: ExamContext): ItemStatistics[] {
  const n = facts.sessions.length;
  const used = columns.flatMap((column, index) => (column.points.length > 0 ? [index] : []));
  const alike = used.every((index) => columns[index]!.points.length === n);
  const deleted = n < 2 ? [] : alphaIfDeleted(covariances, alike ? used.length : length);
  const weights = effectiveWeights(used.map((index) => (alike ? sampleCovariance(columns[index]!.points, columns[index]!.totals) : null)));
  const worth = mean(facts.sessions.map((session) => session.maxPoints)) ?? 0;
  return columns.map((column, index) => {
    const place = used.indexOf(index);
    const time = facts.times.find((each) => each.item === index);
    const described = describe(column);
    const shared = { effectiveWeight: weights[place] ?? null, alphaIfDeleted: deleted[place] ?? null, medianSeconds: time?.medianSeconds ?? null };
    return {
      ...described, ...shared,
      intendedWeight: place < 0 || worth <= 0 ? null : column.maxPoints / worth,
      timedSessions: time?.sessions ?? 0,
      irt: estimatesOf(models, index),
      notes: n < 2 ? described.notes : [...described.notes, ...sharedNotes(shared, { alike, covariances })],
    };
  });
}

/** Why an item lacks figures that depend on the other items, or on saves. */
function sharedNotes(figures: Pick<ItemStatistics, 'alphaIfDeleted' | 'effectiveWeight' | 'medianSeconds'>, { alike, covariances }: { alike: boolean; covariances: ItemCovariances }): Note[] {
  const notes: Note[] = [];
  if (figures.alphaIfDeleted === null) notes.push({ value: 'alphaIfDeleted', reason: covariances.items < 3 ? 'too-few-items' : covariances.incomplete ? 'items-never-together' : 'zero-variance' });
  if (figures.effectiveWeight === null) notes.push({ value: 'effectiveWeight', reason: alike ? 'negative-covariance' : 'different-items' });
  if (figures.medianSeconds === null) notes.push({ value: 'medianSeconds', reason: 'no-times' });
  return notes;
}

type Described = Omit<ItemStatistics, 'intendedWeight' | 'effectiveWeight' | 'alphaIfDeleted' | 'medianSeconds' | 'timedSessions' | 'irt'>;

function describe(column: ItemColumn): Described {
  const { item: { choices, ...item }, cells, maxPoints, points, totals, omitted, dichotomous } = column;
  const groups = scoreGroups(totals);
  const itemTotal = itemTotalCorrelation(points, totals);
  const figures = {
    facility: facility(points, maxPoints),
    upperLower27: upperLower27(points, maxPoints, totals, groups),
    upperLowerCut27: upperLowerCut27(points, maxPoints, totals),
    itemRest: itemRestCorrelation(points, totals),
  };
  const efficiency = discriminativeEfficiency(points, totals);
  const options = choices === null ? null : choices.map((choice) => choiceOf(choice, column, groups));
  return {
    ...item, maxPoints, n: points.length, omitted, meanPoints: mean(points), facility: figures.facility, facilityAnswered: facility(points.filter((_, index) => cells[index]!.answered), maxPoints), sd: sampleSd(points),
    discrimination: { upperLower27: figures.upperLower27, upperLowerCut27: figures.upperLowerCut27, itemRest: figures.itemRest, itemTotal, pointBiserial: dichotomous ? itemTotal : null },
    discriminativeEfficiency: efficiency,
    flags: flagsOf({ n: points.length, omitted, facility: figures.facility, discrimination: figures.itemRest }, options),
    groups: groups === null ? { lower: 0, middle: 0, upper: 0 } : { lower: groups.size, middle: Math.max(0, points.length - 2 * groups.size), upper: groups.size },
    options,
    notes: notesOf(column, figures.itemRest, efficiency),
  };
}

function choiceOf(choice: ChoiceFacts, { cells, points, totals }: ItemColumn, groups: ReturnType<typeof scoreGroups>): ChoiceStatistics {
  const chosen = cells.map((cell) => (cell.chosen.includes(choice.id) ? 1 : 0));
  return { optionId: choice.id, text: choice.text, isKey: choice.isKey, ...choiceFigures(chosen, restOf(points, totals), groups) };
}

interface Judged {
  readonly n: number;
  readonly omitted: number;
  readonly facility: number | null;
  readonly discrimination: number | null;
}

function flagsOf({ n, omitted, facility: easiness, discrimination }: Judged, options: readonly ChoiceStatistics[] | null): ItemFlag[] {
  if (n < FEWEST_FOR_FLAGS) return [];
  const flags: ItemFlag[] = [];
  if (discrimination !== null && discrimination < 0) flags.push('negative-discrimination');
  else if (discrimination !== null && discrimination < LOW_DISCRIMINATION) flags.push('low-discrimination');
  if (easiness !== null && easiness > EASY) flags.push('too-easy');
  if (easiness !== null && easiness < HARD) flags.push('too-hard');
  if (omitted / n > OFTEN_OMITTED) flags.push('often-omitted');
  const distractors = (options ?? []).filter((option) => !option.isKey);
  const leastKey = Math.min(...(options ?? []).filter((option) => option.isKey).map((option) => option.byGroup.upper ?? 0));
  if (distractors.some((option) => (option.share ?? 0) < FUNCTIONING)) flags.push('distractor-unused');
  if (distractors.some((option) => (option.byGroup.upper ?? 0) > leastKey)) flags.push('distractor-beats-key');
  return flags;
}

function notesOf({ maxPoints, points, omitted, dichotomous }: ItemColumn, itemRest: number | null, efficiency: number | null): Note[] {
  const few: Reason | undefined = points.length === 0 ? 'no-data' : points.length < 2 ? 'too-few-sessions' : undefined;
  const notes: Note[] = [];
  if (few !== undefined) return [{ value: 'discrimination', reason: few }];
  if (maxPoints <= 0) notes.push({ value: 'facility', reason: 'no-points' }, { value: 'discrimination.upperLower27', reason: 'no-points' }, { value: 'discrimination.upperLowerCut27', reason: 'no-points' }, { value: 'facilityAnswered', reason: 'no-points' });
  else if (omitted === points.length) notes.push({ value: 'facilityAnswered', reason: 'no-answers' });
  if (itemRest === null) notes.push({ value: 'discrimination.itemRest', reason: 'zero-variance' });
  if (efficiency === null) notes.push({ value: 'discriminativeEfficiency', reason: 'zero-variance' });
  if (!dichotomous) notes.push({ value: 'discrimination.pointBiserial', reason: 'not-dichotomous' });
  return notes;
}

function estimatesOf({ items, rasch, twoPl }: Models, index: number): ItemStatistics['irt'] {
  const place = items.indexOf(index);
  if (place < 0 || (rasch === null && twoPl === null)) return null;
  return { rasch: rasch?.difficulties[place] ?? null, twoPl: twoPl?.parameters[place] ?? null };
}
