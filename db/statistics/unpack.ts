import type { ExamFacts, SessionFacts } from '#domain/statistics/facts.ts';

import type { PackedExam, PackedSession } from './facts.ts';

/** Unfolds what the database has packed. */
export function unpack({ items, facts }: PackedExam): ExamFacts {
  return { ...facts, items, sessions: facts.sessions.map(unpackSession) };
}

function unpackSession(session: PackedSession): SessionFacts {
  const taken = chosenIn(session);
  const answered = new Set(session.answered.split(' '));
  return {
    studentId: session.studentId, points: Number(session.points), maxPoints: Number(session.maxPoints), percent: session.percent, passed: session.passed,
    cells: session.cells === '' ? [] : session.cells.split(';').map((cell) => {
      const [item = '', points, maxPoints] = cell.split(':');
      const chosen = taken.get(item);
      return { item: Number(item), points: Number(points), maxPoints: Number(maxPoints), answered: answered.has(item) || chosen?.kind === 'single', chosen: chosen?.ids ?? NOTHING };
    }),
  };
}

const NOTHING: readonly string[] = [];

interface Response {
  readonly optionIds?: readonly string[];
  readonly value?: boolean;
}

/** The choices that were taken, by the index of the item. */
function chosenIn({ choices, single }: PackedSession): ReadonlyMap<string, { readonly kind: 'single' | 'other'; readonly ids: readonly string[] }> {
  const taken = new Map<string, { kind: 'single' | 'other'; ids: readonly string[] }>();
  for (const pair of single === '' ? [] : single.split('\x1f')) {
    const at = pair.indexOf(':');
    taken.set(pair.slice(0, at), { kind: 'single', ids: [pair.slice(at + 1)] });
  }
  if (choices === null) return taken;
  for (const [item, { optionIds, value }] of Object.entries(JSON.parse(choices) as Record<string, Response>)) {
    taken.set(item, { kind: 'other', ids: optionIds ?? (value === undefined ? NOTHING : [String(value)]) });
  }
  return taken;
}
