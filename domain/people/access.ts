import { canonicalRoles } from './roles.ts';
import type { User, UserChange } from './types.ts';

/** What a change of an account means for the log-ins that exist. */
export interface AccessConsequence {
  /** Access tokens issued so far stop; a refresh gives new ones with the new rights. */
  readonly endTokens: boolean;
  /** Every log-in of the account ends. */
  readonly endSessions: boolean;
}

/**
 * Tells what a change does to existing log-ins: other roles end the tokens, a disabled account or a password set by somebody
 * else ends the log-ins.
 * @param passwordSet whether the change also sets a password
 */
export function accessConsequence(before: Pick<User, 'roles' | 'disabled'>, change: UserChange, passwordSet: boolean): AccessConsequence {
  const rolesChange = change.roles !== undefined && canonicalRoles(change.roles).join() !== canonicalRoles(before.roles).join();
  const disabledChanges = change.disabled !== undefined && change.disabled !== before.disabled;
  const endSessions = passwordSet || (disabledChanges && change.disabled === true);
  return { endTokens: rolesChange || disabledChanges || endSessions, endSessions };
}

/** Whether a change takes an enabled admin out of service. */
export function removesAdmin(before: Pick<User, 'roles' | 'disabled'>, change: UserChange): boolean {
  if (before.disabled || !before.roles.includes('admin')) return false;
  return change.disabled === true || (change.roles !== undefined && !change.roles.includes('admin'));
}
