import type { Actor } from '#api/http/actor.ts';
import { authorize } from '#api/http/route.ts';
import { isOwn, type SessionViewer, viewerOf } from '#api/sessions/policy.ts';
import type { Queryable } from '#db/connection.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { selectOptionalSession, type SessionRow } from '#db/session/rows.ts';

/**
 * The session of a student who acts on it.
 * @throws not-found for a session of somebody else, whoever asks
 */
export async function demandOwnSession(q: Queryable, actor: Actor, sessionId: string): Promise<SessionRow> {
  const session = await selectOptionalSession(q, sessionId);
  authorize(session !== undefined && isOwn(actor, session));
  return session!;
}

/**
 * As whom the actor sees a session.
 * @param session undefined: there is none, which looks like one of somebody else
 * @throws not-found
 */
export async function demandViewer(q: Queryable, actor: Actor, session: Pick<SessionRow, 'examId' | 'studentId'> | undefined): Promise<SessionViewer> {
  authorize(session !== undefined);
  const { examId, studentId } = session!;
  if (isOwn(actor, { studentId })) return 'student';
  const viewer = viewerOf(actor, { studentId, exam: await selectExamSubject(q, examId, actor.id) });
  authorize(viewer !== null);
  return viewer!;
}
