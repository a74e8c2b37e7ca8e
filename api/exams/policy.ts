import { type Actor, hasRole } from '#api/http/actor.ts';
import type { ExamLifecycle } from '#domain/exams/exam-state.ts';

/** What can be done with an exam as staff. */
export type ExamAction = 'create' | 'read' | 'read-assignments' | 'change' | 'publish' | 'move-window' | 'assign' | 'delete';

/** What a policy looks at. */
export interface ExamFacts {
  readonly ownerId: string;
  readonly lifecycle: ExamLifecycle;
  /** The actor is to sit this exam. */
  readonly assigned?: boolean;
}

/**
 * Teachers work with their own exams, admins with all; proctors read what is published, but never the inside of an exam that
 * they sit themselves.
 */
export function can(actor: Actor, action: ExamAction, exam?: ExamFacts): boolean {
  if (hasRole(actor, 'admin')) return true;
  if (hasRole(actor, 'teacher') && (action === 'create' || exam?.ownerId === actor.id)) return true;
  const reads = action === 'read' || action === 'read-assignments';
  return reads && hasRole(actor, 'proctor') && exam !== undefined && exam.lifecycle !== 'draft' && exam.assigned !== true;
}

/** How an actor sees an exam: as staff, as one who sits it, or not at all. */
export function viewOf(actor: Actor, exam: ExamFacts): 'staff' | 'student' | null {
  if (can(actor, 'read', exam)) return 'staff';
  return hasRole(actor, 'student') && exam.assigned === true && exam.lifecycle !== 'draft' ? 'student' : null;
}

/** Which exams a list for staff holds. */
export function sightOf(actor: Actor): { readonly ownerId: string | null; readonly published: boolean } {
  return { ownerId: hasRole(actor, 'admin') ? null : actor.id, published: hasRole(actor, 'proctor') };
}
