import type { z } from 'zod';

import type { authSessionPageSchema, authSessionSchema } from '#contracts/auth.ts';
import type { mailChoiceSchema } from '#contracts/mail.ts';
import type { publicConfigSchema } from '#contracts/operations.ts';
import type { User } from '#web/lib/auth.ts';
import { request } from '#web/lib/http.ts';

/** What is known before anybody has logged in. */
export type PublicConfig = z.output<typeof publicConfigSchema>;
/** One place where an account is logged in. */
export type Login = z.output<typeof authSessionSchema>;

/** Name of the institution, and whether people make their own accounts. @throws Offline, ApiProblem */
export function readConfig(): Promise<PublicConfig> {
  return request('GET', '/config');
}

/** Makes a student account. @throws ApiProblem already-exists, validation-failed, forbidden when registration is off */
export function register(person: { email: string; password: string; name: string }): Promise<User> {
  return request('POST', '/auth/register', { body: person });
}

/** Changes the own profile. @throws ApiProblem version-conflict, validation-failed */
export function changeProfile(person: User, change: Partial<Pick<User, 'name' | 'timeZone' | 'locale'>>): Promise<User> {
  return request('PATCH', '/auth/me', { body: change, ifMatch: person.version });
}

/** Reads the own account anew. */
export function readProfile(): Promise<User> {
  return request('GET', '/auth/me');
}

/** Changes the own password; every other log-in ends. @throws ApiProblem validation-failed, rate-limited */
export function changePassword(current: string, next: string): Promise<void> {
  return request('POST', '/auth/me/password', { body: { current, next } });
}

/** Where the account is logged in, this device first. */
export async function listLogins(): Promise<readonly Login[]> {
  const { items } = await request<z.output<typeof authSessionPageSchema>>('GET', '/auth/sessions');
  return items.toSorted((a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.localeCompare(a.lastUsedAt));
}

/** Ends one of the own log-ins. @throws ApiProblem not-found when it has ended already */
export function endLogin(id: string): Promise<void> {
  return request('DELETE', `/auth/sessions/${id}`);
}

/** Which mails somebody wants. */
type MailChoice = z.output<typeof mailChoiceSchema>;

/** Reads which mails the account gets. */
export function readMailChoice(signal: AbortSignal): Promise<MailChoice> {
  return request('GET', '/auth/me/mails', { signal });
}

/** Switches the mails that can be switched off. */
export function chooseMails(optional: boolean): Promise<MailChoice> {
  return request('PUT', '/auth/me/mails', { body: { optional } });
}
