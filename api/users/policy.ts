import { hasRole, type Actor } from '#api/http/actor.ts';

/** What can be done with an account. `read` shows who somebody is, {@link seesAll} decides about the rest. */
export type UserAction = 'read' | 'manage' | 'disable' | 'read-accommodations' | 'change-accommodations';

/** Whether the actor may do something with an account. Everybody manages themselves through `/auth/me`, not here. */
export function can(actor: Actor, action: UserAction, user: { readonly id: string }): boolean {
  const own = user.id === actor.id;
  switch (action) {
    case 'read':
      return hasRole(actor, 'admin', 'teacher', 'proctor');
    case 'read-accommodations':
      return seesAll(actor);
    case 'manage':
      return hasRole(actor, 'admin');
    case 'disable':
      return hasRole(actor, 'admin') && !own;
    case 'change-accommodations':
      // a teacher who is a student too gets no extra time from their own hand
      return hasRole(actor, 'admin') || (hasRole(actor, 'teacher') && !own);
  }
}

/** Whether the actor sees e-mail addresses, roles and the like. */
export function seesAll(actor: Actor): boolean {
  return hasRole(actor, 'admin', 'teacher');
}
