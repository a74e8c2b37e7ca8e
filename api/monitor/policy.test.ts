import { describe, expect, test } from 'vitest';

import type { Actor } from '#api/http/actor.ts';
import type { Role } from '#domain/people/roles.ts';

import { can, demand, type StaffAction } from './policy.ts';

const OWNER = '01990000-0000-7000-8000-000000000001';
const exam = { ownerId: OWNER, lifecycle: 'published', assigned: false } as const;
const who = (role: Role, id = '01990000-0000-7000-8000-000000000002'): Actor => ({ id, roles: [role], authSessionId: id });

const EVERYTHING: readonly StaffAction[] = [
  'monitor', 'message', 'pause', 'resume', 'extend', 'shorten', 'credit', 'open', 'terminate',
  'withdraw', 'reopen', 'end', 'cancel', 'read-results', 'publish-results', 'mark', 'mark-answers', 'run',
];
const KEEPING_GOING: readonly StaffAction[] = ['monitor', 'message', 'pause', 'resume', 'extend', 'shorten', 'credit', 'open', 'terminate'];

describe('what staff may do with an exam', () => {
  const rows: readonly [string, Actor, readonly StaffAction[]][] = [
    ['an admin', who('admin'), EVERYTHING],
    ['the owning teacher', who('teacher', OWNER), EVERYTHING],
    ['another teacher', who('teacher'), []],
    ['a proctor', who('proctor'), KEEPING_GOING],
    ['a student', who('student'), []],
    ['a student with the id of the owner', who('student', OWNER), []],
  ];
  for (const [name, actor, allowed] of rows) {
    test(`${name} may do ${allowed.length === 0 ? 'nothing' : `${allowed.length} of ${EVERYTHING.length} things`} with a published exam`, () => {
      expect(EVERYTHING.filter((action) => can(actor, action, exam))).toEqual(allowed);
    });
  }

  test('a proctor sees nothing of a draft, and nothing of an exam to be sat by the same person', () => {
    expect(EVERYTHING.filter((action) => can(who('proctor'), action, { ...exam, lifecycle: 'draft' }))).toEqual([]);
    expect(EVERYTHING.filter((action) => can(who('proctor'), action, { ...exam, assigned: true }))).toEqual([]);
  });

  test('a teacher who is also a proctor watches over the exams of others, and no more', () => {
    const both: Actor = { ...who('teacher'), roles: ['teacher', 'proctor'] };
    expect(EVERYTHING.filter((action) => can(both, action, exam))).toEqual(KEEPING_GOING);
  });

  test('a teacher on the list of graders marks answers and does nothing else, unless the same person is to sit the exam', () => {
    const listed = { ...exam, grader: true };
    expect(EVERYTHING.filter((action) => can(who('teacher'), action, listed))).toEqual(['mark-answers']);
    expect(EVERYTHING.filter((action) => can(who('student'), action, listed))).toEqual([]);
    expect(EVERYTHING.filter((action) => can(who('teacher'), action, { ...listed, assigned: true }))).toEqual([]);
    expect(() => demand(who('teacher'), 'publish-results', listed)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });

  test('what the actor may not see looks absent; what is for the owner is forbidden', () => {
    expect(() => demand(who('teacher'), 'monitor', exam)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => demand(who('proctor'), 'cancel', exam)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(() => demand(who('proctor'), 'pause', exam)).not.toThrow();
  });
});
