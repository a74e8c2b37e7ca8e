import type { z } from 'zod';

import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { instant } from '#api/sessions/present.ts';
import { scoreOf } from '#api/sessions/present-result.ts';
import { ownResultPageSchema, ownResultQuery, type ownResultSchema } from '#contracts/sessions.ts';
import { listStudentResults, type StudentResult } from '#db/results/student-results.ts';

/** What a student has sat, with what may be seen of the results. */
export const ownResultRoute: Route = defineRoute({
  method: 'get', path: '/results', tag: 'sitting', summary: 'List the own sessions with their results, newest first',
  description: 'Scores stand there once they are released and the exam shows them. A result that is withheld looks like one that is not released.',
  access: ['student'],
  query: ownResultQuery,
  replies: { 200: ownResultPageSchema },
  async handle({ actor, db, query }) {
    const page = await listStudentResults(db, actor.id, query.examId, readPosition(query.cursor, 'number'), query.limit);
    return reply(200, presentPage(page, presentOwnResult));
  },
});

function presentOwnResult(result: StudentResult): z.input<typeof ownResultSchema> {
  const { gate } = result;
  return {
    sessionId: result.sessionId,
    examId: result.examId,
    examTitle: result.examTitle,
    attempt: result.attempt,
    attempts: result.attempts,
    attemptRule: result.attemptRule,
    state: result.state,
    startedAt: instant(result.startedAtMs),
    endedAt: result.endedAtMs === null ? null : instant(result.endedAtMs),
    closedAt: result.closedAtMs === null ? null : instant(result.closedAtMs),
    release: gate.open ? 'released' : 'waiting',
    ...(gate.open ? { publishedAt: gate.publishedAtMs === null ? null : instant(gate.publishedAtMs), gradeState: gate.grade!.state } : {}),
    ...(gate.open && gate.visibility.score ? scoreOf(gate) : {}),
  };
}
