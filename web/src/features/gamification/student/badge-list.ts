import type { OwnBadge } from '../api.ts';

/** The badges of a course as a page shows them. */
export interface BadgeGroups {
  /** New ones first, then the latest. */
  readonly earned: readonly OwnBadge[];
  /** The nearest first; those without a number last. */
  readonly open: readonly OwnBadge[];
}

/** Parts the badges of a course. */
export function groupBadges(badges: readonly OwnBadge[]): BadgeGroups {
  return {
    earned: badges.filter(({ earnedAt }) => earnedAt !== null).toSorted((one, other) => Number(other.isNew) - Number(one.isNew) || Date.parse(other.earnedAt!) - Date.parse(one.earnedAt!)),
    open: badges.filter(({ earnedAt }) => earnedAt === null).toSorted((one, other) => shareOf(other) - shareOf(one)),
  };
}

function shareOf({ progress }: OwnBadge): number {
  return progress === null || progress.target === 0 ? -1 : progress.value / progress.target;
}
