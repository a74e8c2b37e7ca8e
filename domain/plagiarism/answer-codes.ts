import type { SessionPrint } from './types.ts';

/** The answers of an exam as arrays. */
export interface AnswerCodes {
  readonly sessions: number;
  readonly items: number;
  /** By session x items + item: -1 was not on the paper, 0 is blank, above that a number of an answer, which belongs to one item. */
  readonly codes: Int32Array;
  readonly right: Uint8Array;
  /** Items of each paper in its order: those of a session stand from `starts[session]` to `starts[session + 1]`. */
  readonly papers: Int32Array;
  readonly starts: Int32Array;
  /** Sessions of the same student have the same number. */
  readonly students: Int32Array;
  /** Share of right answers of each session, 0..1. */
  readonly scores: Float64Array;
  /** Item of each answer; answer 0 is none. */
  readonly itemOf: Int32Array;
  /** How often each answer was given. */
  readonly counts: Int32Array;
  /** How many answered each item. */
  readonly answered: Int32Array;
  /** Different answers to each item. */
  readonly kinds: Int32Array;
}

/** Numbers the answers of all sessions. */
export function codeAnswers(prints: readonly SessionPrint[]): AnswerCodes {
  const numbers = new Map<number, number>();
  for (const print of prints) for (const key of print.keys) if (!numbers.has(key)) numbers.set(key, numbers.size);
  const items = numbers.size;
  const sessions = prints.length;
  const codes = new Int32Array(sessions * items).fill(-1);
  const right = new Uint8Array(sessions * items);
  const starts = new Int32Array(sessions + 1);
  const papers = new Int32Array(prints.reduce((sum, { keys }) => sum + keys.length, 0));
  const scores = new Float64Array(sessions);
  const students = new Map<string, number>();
  const known = Array.from({ length: items }, () => new Map<number, number>());
  const itemOf = [-1];
  const counts = [0];
  const answered = new Int32Array(items);
  prints.forEach((print, session) => {
    let sum = 0;
    print.keys.forEach((key, at) => {
      const item = numbers.get(key)!;
      const code = print.codes[at]!;
      papers[starts[session]! + at] = item;
      sum += print.right[at]!;
      right[session * items + item] = print.right[at]!;
      codes[session * items + item] = 0;
      if (code === 0) return;
      let answer = known[item]!.get(code);
      if (answer === undefined) {
        answer = itemOf.push(item) - 1;
        counts.push(0);
        known[item]!.set(code, answer);
      }
      codes[session * items + item] = answer;
      counts[answer]! += 1;
      answered[item]! += 1;
    });
    starts[session + 1] = starts[session]! + print.keys.length;
    scores[session] = print.keys.length === 0 ? 0 : sum / print.keys.length;
    if (!students.has(print.studentId)) students.set(print.studentId, students.size);
  });
  return {
    sessions, items, codes, right, papers, starts, scores, answered, itemOf: Int32Array.from(itemOf), counts: Int32Array.from(counts),
    kinds: Int32Array.from(known, ({ size }) => size), students: Int32Array.from(prints, ({ studentId }) => students.get(studentId)!),
  };
}
