import type { Chance } from '../chance.ts';
import type { DemoPerson } from '../people.ts';
import { MINUTE, SECOND } from '../times.ts';

/** How a sitting ended. */
export type Fate = 'submit' | 'expire' | 'withdraw' | 'terminate';

/** Time that a proctor gave. */
export interface Extension {
  readonly seconds: number;
  readonly afterMs: number;
  readonly asked: string;
  readonly reason: string;
}

/** One student who came. */
export interface Arrival {
  readonly student: DemoPerson;
  /** In standard deviations of the class. */
  readonly ability: number;
  readonly startedAtMs: number;
  readonly fate: Fate;
  readonly extension: Extension | null;
  /** Milliseconds after the start at which the connection was gone, and for how long. */
  readonly outage: { readonly afterMs: number; readonly forMs: number } | null;
}

/** Places in the list of students. */
const ABSENT: ReadonlySet<number> = new Set([11, 27, 52]);
const LATE = 22;
const EXPIRED: ReadonlySet<number> = new Set([6, 17, LATE, 31, 33, 44, 50, 58]);
const WITHDRAWN = 36;
const TERMINATED = 45;
const OUTAGES: ReadonlySet<number> = new Set([2, 8, 19, 31, 40, 47, 55]);

const EXTENSIONS: Readonly<Record<number, Extension>> = {
  8: { seconds: 300, afterMs: 31 * MINUTE, asked: 'My computer restarted by itself and was away for some minutes.', reason: 'The computer of the room installed updates during the exam' },
  31: { seconds: 420, afterMs: 44 * MINUTE, asked: 'There is a loud alarm in our corridor, we had to move.', reason: 'Alarm in the corridor, student moved to another room' },
};

/** Why a proctor ended one sitting, and why another was given up. */
export const REASONS = {
  terminate: 'Pasted text from another window into the answers; two warnings were given before',
  withdraw: 'Taken ill during the exam; sits the next one',
} as const;

/** Who came when, and how it ended. */
export function arrivals(students: readonly DemoPerson[], opensAtMs: number, chance: Chance): Arrival[] {
  return students.flatMap((student, place): Arrival[] => {
    const ability = chance.normal();
    const delayMs = Math.round(2 * SECOND + chance.unit() ** 3 * 9 * MINUTE);
    const outage = { afterMs: Math.round(chance.between(10, 35) * MINUTE), forMs: Math.round(chance.between(15, 140) * SECOND) };
    if (ABSENT.has(place)) return [];
    return [{
      student,
      ability,
      startedAtMs: opensAtMs + (place === LATE ? 58 * MINUTE + delayMs : delayMs),
      fate: fateOf(place),
      extension: EXTENSIONS[place] ?? null,
      outage: OUTAGES.has(place) ? outage : null,
    }];
  });
}

function fateOf(place: number): Fate {
  if (place === WITHDRAWN) return 'withdraw';
  if (place === TERMINATED) return 'terminate';
  return EXPIRED.has(place) ? 'expire' : 'submit';
}
