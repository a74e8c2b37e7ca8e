import { invalid } from '#api/http/problem.ts';

/** Packs the position of a list into an opaque string. */
export function encodeCursor(position: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Unpacks a position.
 * @param length how many parts the list's order has
 * @throws validation-failed for a cursor that this list did not hand out
 */
export function decodeCursor(cursor: string | undefined, length: number): (string | number | null)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(value) && value.length === length && value.every(isPart)) return value;
  } catch {
    // said below
  }
  throw invalid([{ pointer: '/cursor', message: 'must be a nextCursor of this list' }]);
}

function isPart(value: unknown): value is string | number | null {
  return value === null || typeof value === 'number' || (typeof value === 'string' && !value.includes('\u0000'));
}
