import { hasRole, type Actor } from '#api/http/actor.ts';
import { can as canMonitor, type ExamFacts } from '#api/monitor/policy.ts';

/** As whom somebody sees a session: its student, somebody who watches over it, somebody who marks it. */
export type SessionViewer = 'student' | 'proctor' | 'teacher';

/** The little that decides who may see a session. */
export interface SessionOfExam {
  readonly studentId: string;
  readonly exam: ExamFacts;
}

/** As whom the actor sees the session; null: not at all, and it must look as if there were none. */
export function viewerOf(actor: Actor, session: SessionOfExam): SessionViewer | null {
  if (isOwn(actor, session)) return 'student';
  if (canMonitor(actor, 'read-results', session.exam)) return 'teacher';
  return canMonitor(actor, 'monitor', session.exam) ? 'proctor' : null;
}

/** Whether this is the student whose session it is; only they sit it. */
export function isOwn(actor: Actor, session: Pick<SessionOfExam, 'studentId'>): boolean {
  return hasRole(actor, 'student') && session.studentId === actor.id;
}
