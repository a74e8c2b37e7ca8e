import { isSameJson } from './same-json.ts';

/** A new value in which every part that did not change is the old one itself, so that what is drawn from it stays as it is. */
export function keepSame<Value>(before: Value | null, next: Value): Value {
  if (isSameJson(before, next)) return before!;
  if (typeof before !== 'object' || typeof next !== 'object' || before === null || next === null || Array.isArray(before) !== Array.isArray(next)) return next;
  if (Array.isArray(next)) return next.map((part: unknown, index) => keepSame((before as unknown as unknown[])[index] ?? null, part)) as Value;
  return Object.fromEntries(Object.entries(next).map(([name, part]) => [name, keepSame((before as Record<string, unknown>)[name] ?? null, part as unknown)])) as Value;
}
