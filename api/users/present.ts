import type { Accommodations, User } from '#domain/people/types.ts';

/** An account for admins, teachers and its owner. */
export function presentUser(user: User) {
  return {
    id: user.id,
    externalId: user.externalId,
    email: user.email,
    name: user.name,
    roles: [...user.roles],
    disabled: user.disabled,
    timeZone: user.timeZone,
    locale: user.locale,
    createdAt: new Date(user.createdAtMs).toISOString(),
    version: user.version,
  };
}

/** An account for proctors: who it is, and nothing else. */
export function presentPerson(user: User) {
  return { id: user.id, externalId: user.externalId, name: user.name };
}

/** The standing arrangements of a student, for staff. */
export function presentAccommodations(accommodations: Accommodations) {
  return {
    timeMultiplier: accommodations.timeMultiplier,
    extraMinutes: accommodations.extraMinutes,
    breakMinutes: accommodations.breakMinutes,
    note: accommodations.note,
  };
}
