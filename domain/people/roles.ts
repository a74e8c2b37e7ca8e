/** What a person may be; one person can hold several. */
export const ROLES = ['student', 'teacher', 'proctor', 'admin'] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** Whether somebody holds at least one of the wanted roles. */
export function hasRole(person: { readonly roles: readonly Role[] }, ...wanted: readonly Role[]): boolean {
  return wanted.some((role) => person.roles.includes(role));
}
