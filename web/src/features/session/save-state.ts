import type { Hold, Link, SaveSummary } from './answer-types.ts';

/** What the save state says; one thing, the most important one. */
export type SaveKind = 'ready' | 'saved' | 'saving' | 'waiting' | 'offline' | 'no-answer' | 'signed-out' | 'conflict' | 'refused' | 'elsewhere';

/** Decides what the save state says. It never says saved while something is not confirmed. */
export function saveKindOf(summary: SaveSummary, link: Link, hold: Hold | null): SaveKind {
  if (hold === 'elsewhere') return 'elsewhere';
  if (summary.conflicts > 0) return 'conflict';
  if (link.trouble === 'signed-out') return 'signed-out';
  if (link.trouble !== null) return link.trouble === 'offline' ? 'offline' : 'no-answer';
  if (summary.unsent > 0) return hold === 'paused' ? 'waiting' : 'saving';
  if (summary.refused > 0) return 'refused';
  return summary.lastSavedAt === null ? 'ready' : 'saved';
}
