import { type Actor, hasRole } from '#api/http/actor.ts';

/** What can be done in the question bank. */
export type QuestionAction = 'list' | 'create' | 'read' | 'change' | 'delete';

/** Teachers work with their own questions, admins with all; nobody else sees the bank. */
export function can(actor: Actor, action: QuestionAction, question?: { readonly createdBy: string }): boolean {
  if (hasRole(actor, 'admin')) return true;
  if (!hasRole(actor, 'teacher')) return false;
  if (action === 'list' || action === 'create') return true;
  return question?.createdBy === actor.id;
}

/** Whose questions the actor sees; null: everybody's. */
export function ownerSeen(actor: Actor): string | null {
  return hasRole(actor, 'admin') ? null : actor.id;
}
