/** How long after its first use the same refresh token answers the same pair, ms: two tabs must not end a log-in. */
export const REFRESH_REPEAT_MS = 30_000;

/** What to do with a refresh token that was found. */
export type RefreshVerdict =
  /** First use: hand out the next one. */
  | 'rotate'
  /** Used a moment ago: hand out the same again. */
  | 'repeat'
  /** Used long ago, so somebody kept a copy: end the log-in. */
  | 'reuse'
  /** Too old, or its log-in has ended. */
  | 'over';

/**
 * Judges a refresh token. All instants are epoch ms by the clock of the database.
 * @source RFC 9700 section 4.14.2 (refresh token rotation and replay detection)
 */
export function judgeRefresh(
  token: { readonly usedAtMs: number | null; readonly expiresAtMs: number; readonly ended: boolean },
  nowMs: number,
): RefreshVerdict {
  if (token.ended || token.expiresAtMs <= nowMs) return 'over';
  if (token.usedAtMs === null) return 'rotate';
  return nowMs - token.usedAtMs <= REFRESH_REPEAT_MS ? 'repeat' : 'reuse';
}
