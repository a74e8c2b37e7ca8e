import { describe, expect, it } from 'vitest';

import { can, type ExamAction, type ExamFacts, sightOf, viewOf } from '#api/exams/policy.ts';
import type { Actor } from '#api/http/actor.ts';
import type { Role } from '#domain/people/roles.ts';

const actor = (...roles: Role[]): Actor => ({ id: 'me', roles, authSessionId: 's' });
const exam = (more: Partial<ExamFacts> = {}): ExamFacts => ({ ownerId: 'other', lifecycle: 'published', ...more });

describe('can', () => {
  it.each<[string, Role[], ExamAction, ExamFacts | undefined, boolean]>([
    ['a teacher creates', ['teacher'], 'create', undefined, true],
    ['a proctor does not create', ['proctor'], 'create', undefined, false],
    ['a student does not create', ['student'], 'create', undefined, false],
    ['a teacher changes an own exam', ['teacher'], 'change', exam({ ownerId: 'me' }), true],
    ['a teacher does not change a foreign exam', ['teacher'], 'change', exam(), false],
    ['a teacher does not read a foreign exam', ['teacher'], 'read', exam(), false],
    ['an admin publishes any exam', ['admin'], 'publish', exam({ lifecycle: 'draft' }), true],
    ['a proctor reads a published exam', ['proctor'], 'read', exam(), true],
    ['a proctor reads who is assigned', ['proctor'], 'read-assignments', exam(), true],
    ['a proctor does not read a draft', ['proctor'], 'read', exam({ lifecycle: 'draft' }), false],
    ['a proctor does not assign', ['proctor'], 'assign', exam(), false],
    ['a proctor does not move a window', ['proctor'], 'move-window', exam(), false],
    ['a proctor does not read the inside of an exam to sit', ['proctor', 'student'], 'read', exam({ assigned: true }), false],
    ['a student does not read the inside of an exam', ['student'], 'read', exam({ assigned: true }), false],
    ['an owner without the role of a teacher does nothing', ['student'], 'change', exam({ ownerId: 'me' }), false],
  ])('%s', (_title, roles, action, facts, allowed) => {
    expect(can(actor(...roles), action, facts)).toBe(allowed);
  });
});

describe('viewOf', () => {
  it.each<[string, Role[], ExamFacts, 'staff' | 'student' | null]>([
    ['an assigned student sees a published exam as a student', ['student'], exam({ assigned: true }), 'student'],
    ['an assigned student sees nothing of a draft', ['student'], exam({ assigned: true, lifecycle: 'draft' }), null],
    ['a student who is not assigned sees nothing', ['student'], exam(), null],
    ['a proctor who sits the exam sees it as a student', ['proctor', 'student'], exam({ assigned: true }), 'student'],
    ['an owner sees it as staff even when assigned', ['teacher', 'student'], exam({ ownerId: 'me', assigned: true }), 'staff'],
    ['a teacher sees nothing of a foreign exam', ['teacher'], exam(), null],
    ['an admin sees everything as staff', ['admin'], exam({ lifecycle: 'draft' }), 'staff'],
  ])('%s', (_title, roles, facts, view) => {
    expect(viewOf(actor(...roles), facts)).toBe(view);
  });
});

describe('sightOf', () => {
  it.each<[Role, string | null, boolean]>([['admin', null, false], ['teacher', 'me', false], ['proctor', 'me', true]])(
    'a list for the %s',
    (role, ownerId, published) => {
      expect(sightOf(actor(role))).toEqual({ ownerId, published });
    },
  );
});
