import type { Role } from '#domain/people/roles.ts';

/** The account behind a request. */
export interface Actor {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly authSessionId: string;
}

/** Does the actor hold one of the roles? */
export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return actor.roles.some((role) => roles.includes(role));
}
