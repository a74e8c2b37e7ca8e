import type { RegradeIn } from './api.ts';

/** What can be done with a question afterwards. */
export type CorrectionKind = RegradeIn['changes'][number]['kind'];
type Key = Extract<RegradeIn['changes'][number], { kind: 'key' }>['key'];

/** The correction that a form asks for; undefined while something is missing. */
export function correctionOf(itemId: string, kind: CorrectionKind, keyText: string, points: number | undefined): RegradeIn['changes'][number] | undefined {
  if (kind === 'drop') return { kind, itemId };
  if (kind === 'all-correct') return { kind, itemId, who: 'everybody' };
  if (kind === 'points') return points === undefined ? undefined : { kind, itemId, points };
  const key = parseKey(keyText);
  return key === undefined ? undefined : { kind, itemId, key };
}

/** A key out of its JSON; undefined for anything but an object. */
export function parseKey(text: string): Key | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Key) : undefined;
  } catch {
    return undefined;
  }
}
