import { hasRole, type Actor } from '#api/http/actor.ts';
import { authorize, permit } from '#api/http/route.ts';
import type { ExamSubject } from '#db/monitor/subjects.ts';

/** What staff may do with an exam that is being sat. */
export type StaffAction =
  | 'monitor' | 'message' | 'pause' | 'resume' | 'extend' | 'shorten' | 'credit' | 'open' | 'terminate'
  | 'withdraw' | 'reopen' | 'end' | 'cancel' | 'read-results' | 'publish-results' | 'mark' | 'mark-answers' | 'run';

/** What somebody who watches over an exam may do; the rest is for its owner. */
const OF_PROCTORS: ReadonlySet<StaffAction> = new Set([
  'monitor', 'message', 'pause', 'resume', 'extend', 'shorten', 'credit', 'open', 'terminate',
]);

/** What the policy looks at. */
export type ExamFacts = Pick<ExamSubject, 'ownerId' | 'lifecycle'> & Partial<Pick<ExamSubject, 'assigned' | 'grader'>>;

/**
 * Whether the actor may do this with the exam: its owner and admins everything, proctors what keeps a published exam
 * going unless they sit it themselves, graders on its list mark answers and see nothing else, other teachers nothing.
 */
export function can(actor: Actor, action: StaffAction, exam: ExamFacts): boolean {
  if (hasRole(actor, 'admin')) return true;
  if (hasRole(actor, 'teacher') && exam.ownerId === actor.id) return true;
  if (action === 'mark-answers' && hasRole(actor, 'teacher') && exam.grader === true && exam.assigned !== true) return true;
  return hasRole(actor, 'proctor') && exam.lifecycle !== 'draft' && exam.assigned !== true && OF_PROCTORS.has(action);
}

/**
 * Lets the action through, or refuses it.
 * @throws not-found for exams that the actor may not see, forbidden for acts of somebody else on an exam that the actor sees
 */
export function demand(actor: Actor, action: StaffAction, exam: ExamFacts): void {
  authorize(can(actor, 'monitor', exam) || can(actor, 'mark-answers', exam));
  permit(can(actor, action, exam), 'Only the owner of the exam or an admin may do this.');
}
