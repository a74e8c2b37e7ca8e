/**
 * Points of a published result: its percent in whole points, half up, from 0 to 100. Every exam weighs the same, however long it is,
 * and badges bring none, so that nobody rises in a leaderboard by being quick.
 * `leaderboard` of db/gamification computes the same in SQL; a test compares them.
 * @param percent 0..100
 */
export function examPoints(percent: number): number {
  return Math.min(100, Math.max(0, Math.floor(percent + 0.5)));
}
