import type { Tx } from '#db/connection.ts';
import type { Role } from '#domain/people/roles.ts';

import { emailOf, type Name, STAFF_NAMES, STUDENT_NAMES } from './names.ts';
import { idOf, insertRows, instant, type PastEntry, type Trail } from './rows.ts';
import { type DemoTimes, MINUTE } from './times.ts';

/** An account of the demo data. */
export interface DemoPerson {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly externalId: string | null;
}

/** A group of students. */
export interface DemoBatch {
  readonly id: string;
  readonly students: readonly DemoPerson[];
}

/** Everybody. */
export interface DemoPeople {
  readonly admin: DemoPerson;
  readonly teachers: readonly DemoPerson[];
  readonly proctors: readonly DemoPerson[];
  readonly batches: readonly DemoBatch[];
  /** Group A, then group B. */
  readonly students: readonly DemoPerson[];
}

/** Hash of the password of each account. */
export type HashOf = (person: DemoPerson) => string;

const STAFF_HOST = 'northgate.example';
const STUDENT_HOST = 'students.northgate.example';

/** Standing arrangements: more time by a factor, by minutes, and both. */
const ACCOMMODATIONS: readonly { readonly student: number; readonly timeMultiplier: string; readonly extraMinutes: number; readonly note: string }[] = [
  { student: 4, timeMultiplier: '1.25', extraMinutes: 0, note: 'Dyslexia; certificate of the disability office, valid until the end of the course' },
  { student: 17, timeMultiplier: '1', extraMinutes: 10, note: 'Insulin pump: may leave the room to measure' },
  { student: 41, timeMultiplier: '1.5', extraMinutes: 5, note: 'Writes with a screen reader' },
];

/** Thinks up everybody. */
export function inventPeople(times: DemoTimes): DemoPeople {
  const person = (name: Name, role: Role, host: string, externalId: string | null): DemoPerson => ({
    id: idOf(times.accountsMs), role, name: `${name.given} ${name.family}`, email: emailOf(name, host), externalId,
  });
  const batches = STUDENT_NAMES.map((names, group) => ({
    id: idOf(times.batchesMs),
    students: names.map((name, index) => person(name, 'student', STUDENT_HOST, `S26-${String(1041 + 7 * (index * 2 + group))}`)),
  }));
  return {
    admin: person(STAFF_NAMES.admin, 'admin', STAFF_HOST, null),
    teachers: STAFF_NAMES.teachers.map((name) => person(name, 'teacher', STAFF_HOST, null)),
    proctors: STAFF_NAMES.proctors.map((name) => person(name, 'proctor', STAFF_HOST, null)),
    batches,
    students: batches.flatMap((batch) => batch.students),
  };
}

/** Inserts accounts, batches and accommodations as if the admin had set them up three weeks before the first exam. */
export async function insertPeople(tx: Tx, people: DemoPeople, hashOf: HashOf, times: DemoTimes, trail: Trail): Promise<void> {
  const everybody = [people.admin, ...people.teachers, ...people.proctors, ...people.students];
  const common = { timeZone: times.timeZone, locale: 'en', disabled: false };
  const at = { createdAt: instant(times.accountsMs), updatedAt: instant(times.accountsMs) };
  const facts = ({ externalId, email, name, role }: DemoPerson) => ({ externalId, email, name, roles: [role], ...common });
  await insertRows(tx, 'users', everybody.map((person) => ({ id: person.id, ...facts(person), passwordHash: hashOf(person), ...at })));
  trail.push(...everybody.map((person): PastEntry => ({
    atMs: times.accountsMs, actorId: people.admin.id, action: 'user.create', resourceType: 'user', resourceId: person.id, after: { ...facts(person), passwordSet: true },
  })));
  await insertBatches(tx, people, times, trail);
  await insertAccommodations(tx, people, times, trail);
}

async function insertBatches(tx: Tx, people: DemoPeople, times: DemoTimes, trail: Trail): Promise<void> {
  const ownerId = people.teachers[0]!.id;
  const at = instant(times.batchesMs);
  const batches = people.batches.map(({ id }, index) => {
    const letter = 'AB'[index];
    return { id, externalId: `BIO-1-${letter}`, name: `Biology 1 · group ${letter}`, description: 'First semester, Faculty of Science', ownerId };
  });
  await insertRows(tx, 'batches', batches.map((batch) => ({ ...batch, createdAt: at, updatedAt: at })));
  await insertRows(tx, 'batch_students', people.batches.flatMap(({ id, students }) => students.map((student) => ({ batchId: id, studentId: student.id, addedAt: at }))));
  trail.push(...people.batches.flatMap(({ id, students }, index): PastEntry[] => {
    const entry = { atMs: times.batchesMs + index, actorId: people.admin.id, resourceType: 'batch', resourceId: id };
    const { id: _id, ...after } = batches[index]!;
    return [
      { ...entry, action: 'batch.create', after: { ...after, active: true } },
      { ...entry, action: 'batch.change-students', after: { added: students.map((student) => student.id), removed: [] } },
    ];
  }));
}

async function insertAccommodations(tx: Tx, people: DemoPeople, times: DemoTimes, trail: Trail): Promise<void> {
  const atMs = times.batchesMs + 30 * MINUTE;
  const given = ACCOMMODATIONS.map(({ student, ...rest }) => ({ userId: people.students[student]!.id, arrangements: { ...rest, breakMinutes: 0 } }));
  await insertRows(tx, 'user_accommodations', given.map(({ userId, arrangements }) => ({
    userId, ...arrangements, version: 1, updatedBy: people.admin.id, updatedAt: instant(atMs),
  })));
  trail.push(...given.map(({ userId, arrangements }): PastEntry => ({
    atMs, actorId: people.admin.id, action: 'user.change-accommodations', resourceType: 'user', resourceId: userId,
    before: { timeMultiplier: '1', extraMinutes: 0, breakMinutes: 0, note: '' }, after: arrangements,
  })));
}
