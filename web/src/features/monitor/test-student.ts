import type { Student } from './types.ts';

/** A student who is writing, for tests. */
export function buildStudent(more: Partial<Student> = {}): Student {
  const key = more.key ?? 's1';
  return {
    key, sessionId: key, studentId: `u-${key}`, name: 'Ada Byron', externalId: '20-1', batchId: 'b1', attempt: 1, state: 'active', startedAtMs: 0, deadlineAtMs: 3_600_000,
    remainingMs: 0, pausedAtMs: null, closedAtMs: null, closeReason: null, version: 1, acknowledgedVersion: 1, answered: 3, total: 20, lastSavedAtMs: 1_000, online: true,
    offlineSinceMs: null, incidents: 0, multiplier: '1', entitledMs: 3_600_000, lastChange: null, searchText: 'ada byron 20-1', ...more,
  };
}
