import { expect, test } from 'vitest';

import type { OwnBadge } from '../api.ts';
import { groupBadges } from './badge-list.ts';

const buildBadge = (badge: string, given: Partial<OwnBadge> = {}): OwnBadge => ({ badge, name: null, description: null, earnedAt: null, times: 0, progress: null, isNew: false, ...given });
const at = (day: number): string => `2026-05-0${day}T10:00:00.000Z`;

test('earned badges are new ones first, then the latest; open ones the nearest first', () => {
  const { earned, open } = groupBadges([
    buildBadge('fast'),
    buildBadge('consistent', { progress: { value: 2, target: 5 } }),
    buildBadge('perfect', { progress: { value: 95, target: 100 } }),
    buildBadge('old', { earnedAt: at(1) }),
    buildBadge('later', { earnedAt: at(3) }),
    buildBadge('new', { earnedAt: at(1), isNew: true }),
    buildBadge('empty', { progress: { value: 0, target: 0 } }),
  ]);
  expect(earned.map(({ badge }) => badge)).toEqual(['new', 'later', 'old']);
  expect(open.map(({ badge }) => badge)).toEqual(['perfect', 'consistent', 'fast', 'empty']);
});
