import type { ExamFacts, ItemColumn } from './facts.ts';
import { fitRasch, fitTwoPl, type RaschFit, type TwoPlFit } from './irt/fit.ts';
import type { Responses } from './irt/responses.ts';
import type { Note } from './reasons.ts';

/** The models of an exam and the estimates of its items. */
export interface Models {
  readonly rasch: RaschFit | null;
  readonly twoPl: TwoPlFit | null;
  /** Indexes of the items in the fits, in their order. */
  readonly items: readonly number[];
  readonly notes: readonly Note[];
}

/** Below it a difficulty is known to no better than about half a logit. @source J. M. Linacre, Sample Size and Item Calibration Stability, Rasch Measurement Transactions 7:4 (1994) 328 */
const FEWEST_FOR_RASCH = 100;
/** @source F. Drasgow, An evaluation of marginal maximum likelihood estimation for the two-parameter logistic model, Applied Psychological Measurement 13 (1989) 77-90 */
const FEWEST_FOR_TWO_PL = 200;
const FEWEST_ITEMS = 5;

/** Fits both models to the items that are either right or wrong and that not everybody had right or wrong; null where there is too little to go by. */
export function modelsOf(facts: ExamFacts, columns: readonly ItemColumn[]): Models {
  const items = columns.flatMap((column, index) => (column.dichotomous && varies(column) ? [index] : []));
  const fewest = Math.min(...items.map((index) => columns[index]!.points.length));
  if (items.length < FEWEST_ITEMS) {
    const reason = columns.some((column) => column.points.length > 0 && !column.dichotomous) ? 'not-dichotomous' : facts.sessions.length < FEWEST_FOR_RASCH ? 'too-few-sessions' : 'too-few-items';
    return { rasch: null, twoPl: null, items: [], notes: [{ value: 'irt.rasch', reason }, { value: 'irt.twoPl', reason }] };
  }
  const responses = responsesOf(facts, items);
  const rasch = fewest < FEWEST_FOR_RASCH ? null : fitRasch(responses);
  const twoPl = fewest < FEWEST_FOR_TWO_PL ? null : fitTwoPl(responses);
  const notes: Note[] = [];
  if (rasch === null) notes.push({ value: 'irt.rasch', reason: fewest < FEWEST_FOR_RASCH ? 'too-few-sessions' : 'not-converged' });
  if (twoPl === null) notes.push({ value: 'irt.twoPl', reason: fewest < FEWEST_FOR_TWO_PL ? 'too-few-sessions' : 'not-converged' });
  return { rasch, twoPl, items, notes };
}

function varies({ points }: ItemColumn): boolean {
  return points.some((value) => value !== points[0]);
}

function responsesOf(facts: ExamFacts, items: readonly number[]): Responses {
  const places = new Map(items.map((item, place) => [item, place]));
  const values = new Int8Array(facts.sessions.length * items.length).fill(-1);
  facts.sessions.forEach((session, row) => {
    for (const cell of session.cells) {
      const place = places.get(cell.item);
      if (place !== undefined) values[row * items.length + place] = cell.points > 0 ? 1 : 0;
    }
  });
  return { students: facts.sessions.length, items: items.length, values };
}
