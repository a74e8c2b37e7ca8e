/** What a person may be; one person can hold several. */
export const ROLES = ['student', 'teacher', 'proctor', 'admin'] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** The roles once each, in the order of {@link ROLES}, so that equal sets look equal. */
export function canonicalRoles(roles: readonly Role[]): readonly Role[] {
  return ROLES.filter((role) => roles.includes(role));
}
