import type { z } from 'zod';
import { createSignal } from 'solid-js';

import type { loggedInSchema } from '#contracts/auth.ts';
import type { userSchema } from '#contracts/people.ts';
import type { Role } from '#domain/people/roles.ts';

import { request, whenLoggedOut } from './http.ts';
import { isProblem } from './problem.ts';

/** An account. */
export type User = z.output<typeof userSchema>;
type LoggedIn = z.output<typeof loggedInSchema>;

const [user, setUser] = createSignal<User | null>();
let asking: Promise<User | null> | undefined;

whenLoggedOut(() => setUser(null));

/** Who is logged in: undefined until it is known, null for nobody. */
export const currentUser = user;

/** Who is logged in, for pages behind a shell, where somebody always is. */
export function useUser(): () => User {
  return () => user()!;
}

/** Finds out who is logged in. @throws Offline when nobody answers */
export function loadUser(): Promise<User | null> {
  const known = user();
  if (known !== undefined) return Promise.resolve(known);
  asking ??= request<User>('GET', '/auth/me')
    .catch((error: unknown) => {
      if (isProblem(error, 'unauthenticated')) return null;
      throw error;
    })
    .then((found) => {
      setUser(found);
      return found;
    })
    .finally(() => (asking = undefined));
  return asking;
}

/** Takes a changed account in, after the profile was saved. */
export function noteUser(changed: User): void {
  setUser(changed);
}

/** Logs in with e-mail and password; cookies carry the log-in. @throws ApiProblem unauthenticated, rate-limited, account-locked, forbidden */
export async function logIn(email: string, password: string): Promise<User> {
  const { user: found } = await request<LoggedIn>('POST', '/auth/login', { body: { email, password } });
  setUser(found);
  return found;
}

const leaving = new Set<() => Promise<void>>();

/** Has something done before a log-out, such as emptying what is kept on this device. */
export function beforeLogOut(work: () => Promise<void>): () => void {
  leaving.add(work);
  return () => leaving.delete(work);
}

/** Logs out here; what was kept on this device for the account is gone after it. */
export async function logOut(): Promise<void> {
  for (const work of leaving) await work();
  await request('POST', '/auth/logout', { body: {} }).catch((error: unknown) => {
    if (!isProblem(error, 'unauthenticated')) throw error;
  });
  setUser(null);
}

/** Whether somebody works for the institution rather than sits exams only. */
export function isStaff(person: Pick<User, 'roles'>): boolean {
  return person.roles.some((role) => role !== 'student');
}

/** Whether somebody has one of these roles. */
export function hasRole(person: Pick<User, 'roles'>, ...roles: Role[]): boolean {
  return person.roles.some((role) => roles.includes(role));
}

/** Page that somebody lands on after a log-in. */
export function homeOf(person: Pick<User, 'roles'>): string {
  return isStaff(person) ? '/staff' : '/exams';
}
