import type { CellFacts, ExamFacts, SessionFacts } from '#domain/statistics/facts.ts';

import type { PackedExam, PackedSession } from './facts.ts';

/** Unfolds what the database has packed. */
export function unpack({ items, facts }: PackedExam): ExamFacts {
  return { ...facts, items, sessions: facts.sessions.map(unpackSession) };
}

function unpackSession(session: PackedSession): SessionFacts {
  const choices = session.choices === null ? {} : (JSON.parse(session.choices) as Record<string, Response>);
  return {
    studentId: session.studentId, points: Number(session.points), maxPoints: Number(session.maxPoints), percent: session.percent, passed: session.passed,
    cells: session.cells === '' ? [] : session.cells.split(';').map((cell) => unpackCell(cell, choices)),
  };
}

interface Response {
  readonly optionId?: string;
  readonly optionIds?: readonly string[];
  readonly value?: boolean;
}

function unpackCell(packed: string, choices: Readonly<Record<string, Response>>): CellFacts {
  const [item = '', points, maxPoints, answered] = packed.split(':');
  return { item: Number(item), points: Number(points), maxPoints: Number(maxPoints), answered: answered === '1', chosen: chosenIn(choices[item]) };
}

function chosenIn(response: Response | undefined): readonly string[] {
  if (response === undefined) return [];
  if (response.optionId !== undefined) return [response.optionId];
  return response.optionIds ?? (response.value === undefined ? [] : [String(response.value)]);
}
