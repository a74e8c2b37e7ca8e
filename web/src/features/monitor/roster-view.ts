import { fold, hasExtraTime, isBehind, isOffline } from './student.ts';
import type { Student, StudentState } from './types.ts';

/** Which lines of the monitor are shown. */
export interface Filters {
  readonly state: StudentState | 'offline' | null;
  readonly batchId: string | null;
  readonly extraTime: boolean;
  readonly incidents: boolean;
  readonly behind: boolean;
  /** Only these, such as the sessions of one incident. */
  readonly keys: ReadonlySet<string> | null;
  readonly text: string;
}

/** Nothing left out. */
export const NO_FILTERS: Filters = { state: null, batchId: null, extraTime: false, incidents: false, behind: false, keys: null, text: '' };

/** Columns that the table can be sorted by. */
export type SortBy = 'name' | 'state' | 'answered' | 'left' | 'saved' | 'incidents' | 'connection';

/** Order of the table. */
export interface Sort {
  readonly by: SortBy;
  readonly descending: boolean;
}

/** How many lines are in each state, and with something to look at. */
export interface Counts {
  readonly all: number;
  readonly active: number;
  readonly paused: number;
  readonly submitted: number;
  readonly expired: number;
  readonly terminated: number;
  readonly withdrawn: number;
  readonly absent: number;
  readonly offline: number;
  readonly behind: number;
  readonly incidents: number;
  readonly extraTime: number;
}

const STATES: readonly StudentState[] = ['active', 'paused', 'submitted', 'expired', 'terminated', 'withdrawn', 'absent'];
const byName = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Counts the lines. */
export function countStudents(students: Iterable<Student>): Counts {
  const counts = { all: 0, active: 0, paused: 0, submitted: 0, expired: 0, terminated: 0, withdrawn: 0, absent: 0, offline: 0, behind: 0, incidents: 0, extraTime: 0 };
  for (const student of students) {
    counts.all += 1;
    counts[student.state] += 1;
    if (student.state === 'active' && !student.online) counts.offline += 1;
    if (isBehind(student)) counts.behind += 1;
    if (student.incidents > 0) counts.incidents += 1;
    if (hasExtraTime(student)) counts.extraTime += 1;
  }
  return counts;
}

/** Whether a line is shown. */
export function matches(student: Student, filters: Filters, words: readonly string[]): boolean {
  if (filters.state === 'offline' ? student.state !== 'active' || student.online : filters.state !== null && student.state !== filters.state) return false;
  if (filters.batchId !== null && student.batchId !== filters.batchId) return false;
  if (filters.extraTime && !hasExtraTime(student)) return false;
  if (filters.incidents && student.incidents === 0) return false;
  if (filters.behind && !isBehind(student)) return false;
  if (filters.keys !== null && !filters.keys.has(student.key)) return false;
  return words.every((word) => student.searchText.includes(word));
}

/** The words of a search. */
export function searchWords(text: string): string[] {
  return fold(text).split(/\s+/).filter((word) => word !== '');
}

/** The place of each line in the order of names; worth keeping, because comparing names is slow. */
export function rankByName(students: Iterable<Student>): ReadonlyMap<string, number> {
  const sorted = [...students].sort((a, b) => byName.compare(a.name, b.name) || a.attempt - b.attempt || (a.key < b.key ? -1 : 1));
  return new Map(sorted.map(({ key }, index) => [key, index]));
}

/** The keys of the lines to show, in their order. */
export function selectKeys(students: Iterable<Student>, filters: Filters, sort: Sort, ranks: ReadonlyMap<string, number>): string[] {
  const words = searchWords(filters.text);
  const shown: Student[] = [];
  for (const student of students) if (matches(student, filters, words)) shown.push(student);
  const rank = (student: Student): number => ranks.get(student.key) ?? LAST;
  const value = VALUES[sort.by] ?? rank;
  const sign = sort.descending ? -1 : 1;
  shown.sort((a, b) => {
    const [first, second] = [value(a), value(b)];
    // who has nothing to be sorted by comes last in both directions
    if (first === LAST || second === LAST) return Number(first === LAST) - Number(second === LAST) || rank(a) - rank(b);
    return sign * (first - second) || rank(a) - rank(b);
  });
  return shown.map(({ key }) => key);
}

const LAST = Number.MAX_SAFE_INTEGER;

const VALUES: Readonly<Record<SortBy, ((student: Student) => number) | undefined>> = {
  name: undefined,
  state: (student) => STATES.indexOf(student.state),
  answered: (student) => student.answered,
  // by the end and not by what is left: it does not change while nobody changes it
  left: (student) => (student.state === 'active' ? (student.deadlineAtMs ?? LAST) : LAST),
  saved: (student) => student.lastSavedAtMs ?? LAST,
  incidents: (student) => student.incidents,
  connection: (student) => (isOffline(student) ? (student.offlineSinceMs ?? 0) : LAST),
};

/** How many lines would appear, go or move if the table showed `next` instead of `shown`. */
export function countChanges(shown: readonly string[], next: readonly string[]): number {
  const places = new Map(shown.map((key, index) => [key, index]));
  const kept = next.map((key) => places.get(key)).filter((place) => place !== undefined);
  const arrived = next.length - kept.length;
  const gone = shown.length - kept.length;
  return arrived + gone + kept.length - longestRise(kept);
}

/** Length of the longest increasing subsequence: what can stay where it is. */
function longestRise(values: readonly number[]): number {
  const ends: number[] = [];
  for (const value of values) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < value) low = middle + 1;
      else high = middle;
    }
    ends[low] = value;
  }
  return ends.length;
}
