import { expect, test } from 'vitest';

import { isOwn, viewerOf } from '#api/sessions/policy.ts';
import type { Role } from '#domain/people/roles.ts';

const who = (id: string, ...roles: Role[]) => ({ id, roles, authSessionId: 'a' });
const SESSION = { studentId: 'anna', exam: { ownerId: 'tom', lifecycle: 'published' as const, assigned: false } };

test.each([
  ['its student', who('anna', 'student'), 'student'],
  ['another student', who('berta', 'student'), null],
  ['the teacher of the exam', who('tom', 'teacher'), 'teacher'],
  ['another teacher', who('eve', 'teacher'), null],
  ['a proctor', who('paul', 'proctor'), 'proctor'],
  ['an admin', who('ada', 'admin'), 'teacher'],
  ['a teacher who sits the exam', who('anna', 'teacher', 'student'), 'student'],
  ['somebody with the id but not the role', who('anna', 'proctor'), 'proctor'],
])('%s sees the session as %3$s', (_name, actor, viewer) => {
  expect(viewerOf(actor, SESSION)).toBe(viewer);
});

test('a proctor who is to sit the exam does not look over the shoulders of the others first', () => {
  expect(viewerOf(who('paul', 'proctor', 'student'), { ...SESSION, exam: { ...SESSION.exam, assigned: true } })).toBeNull();
});

test('only the student of a session sits it', () => {
  expect(isOwn(who('anna', 'student'), SESSION)).toBe(true);
  expect(isOwn(who('ada', 'admin'), SESSION)).toBe(false);
});
