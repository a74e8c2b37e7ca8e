import { expect, test } from 'vitest';

import { mayOpen } from './navigation.ts';

test.each([
  ['teacher', '/staff', true], ['teacher', '/staff/questions/new', true], ['teacher', '/staff/people', false], ['teacher', '/staff/people/import', false],
  ['teacher', '/staff/workflows/exam-session-1', false], ['proctor', '/staff/exams/1/monitor', true], ['proctor', '/staff/questions', false],
  ['proctor', '/staff/account', true], ['admin', '/staff/audit', true], ['admin', '/staff/marking', true], ['proctor', '/staff/appeals', false],
] as const)('a %s opens %s: %s', (role, path, may) => {
  expect(mayOpen({ roles: [role] }, path)).toBe(may);
});
