import { z } from 'zod';

import { defineRoute, permit, reply, type Route } from '#api/http/route.ts';
import { demandViewer } from '#api/sessions/access.ts';
import { presentResultForStaff, presentResultForStudent } from '#api/sessions/present-result.ts';
import { idSchema } from '#contracts/common.ts';
import { releasedResultSchema } from '#contracts/sessions.ts';
import { resultGate } from '#db/grading/gate.ts';
import { listReleasableMarks } from '#db/grading/released.ts';
import { distributionOf } from '#db/scales/distribution.ts';
import { selectOptionalSession } from '#db/session/rows.ts';
import { Refusal } from '#domain/problem.ts';

/** The result of one session. */
export const resultRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/sessions/{sessionId}/result',
    tag: 'sitting',
    summary: 'The result of a session',
    description: 'A student gets exactly what the exam shows (score, items, key, feedback, distribution), and nothing before it is released: 403 results-not-published.',
    access: ['student', 'teacher', 'admin'],
    params: z.strictObject({ sessionId: idSchema }),
    replies: { 200: releasedResultSchema },
    async handle({ db, deps, actor, params }) {
      const session = await selectOptionalSession(db, params.sessionId);
      const viewer = await demandViewer(db, actor, session);
      permit(viewer !== 'proctor', 'Only the student and those who mark the exam read results.');
      const { id, examId, seed } = session!;
      const gate = (await resultGate(db, id))!;
      if (viewer === 'student' && !gate.open) throw new Refusal('results-not-published', 'Results are not published yet.');
      if (gate.grade === null) throw new Refusal('state-conflict', 'The session is not graded yet.');
      const [paper, marks, distribution] = await Promise.all([
        deps.contents.drawnPaperOf(examId, seed), listReleasableMarks(db, id, gate.grade.closedVersion), gate.allOut && gate.visibility.distribution ? distributionOf(db, examId) : null,
      ]);
      const source = { session: session!, gate, paper, marks, distribution };
      return reply(200, viewer === 'student' ? presentResultForStudent(source) : presentResultForStaff(source));
    },
  }),
];
