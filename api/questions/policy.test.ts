import { describe, expect, it } from 'vitest';

import type { Actor } from '#api/http/actor.ts';
import { can, ownerSeen, type QuestionAction } from '#api/questions/policy.ts';
import type { Role } from '#domain/people/roles.ts';

const actor = (role: Role): Actor => ({ id: 'me', roles: [role], authSessionId: 's' });
const own = { createdBy: 'me' };
const foreign = { createdBy: 'other' };

describe('can', () => {
  it.each<[Role, QuestionAction, { createdBy: string } | undefined, boolean]>([
    ['admin', 'change', foreign, true],
    ['teacher', 'list', undefined, true],
    ['teacher', 'create', undefined, true],
    ['teacher', 'read', own, true],
    ['teacher', 'change', own, true],
    ['teacher', 'delete', own, true],
    ['teacher', 'read', foreign, false],
    ['teacher', 'change', foreign, false],
    ['teacher', 'delete', foreign, false],
    ['proctor', 'list', undefined, false],
    ['proctor', 'read', own, false],
    ['student', 'read', own, false],
    ['student', 'create', undefined, false],
  ])('%s, %s, %o: %s', (role, action, question, allowed) => {
    expect(can(actor(role), action, question)).toBe(allowed);
  });

  it('shows admins every bank and teachers their own', () => {
    expect(ownerSeen(actor('admin'))).toBeNull();
    expect(ownerSeen(actor('teacher'))).toBe('me');
  });
});
