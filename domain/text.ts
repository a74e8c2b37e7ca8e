/**
 * Text that a database can hold: PostgreSQL refuses U+0000 in `text` and `jsonb` and lone surrogates in `jsonb`,
 * and one such string fails the whole batch it is committed with.
 * @source PostgreSQL documentation, section "JSON Types" (22P05 `untranslatable_character`); Unicode 16.0 definition D75.
 */

/** Tells whether one string holds U+0000 or a lone surrogate. */
export function isIllFormedString(text: string): boolean {
  return text.includes('\u0000') || !text.isWellFormed();
}

/** Depth at which a value counts as ill-formed, so that hostile nesting can not exhaust the stack. */
export const MAX_TEXT_DEPTH = 64;

/**
 * Tells whether any string or property name inside a JSON value holds U+0000 or a lone surrogate, or the value is nested
 * deeper than {@link MAX_TEXT_DEPTH}; allocates nothing.
 */
export function hasIllFormedText(value: unknown): boolean {
  return isIllFormedAt(value, 0);
}

function isIllFormedAt(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isIllFormedString(value);
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= MAX_TEXT_DEPTH) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) if (isIllFormedAt(value[index], depth + 1)) return true;
    return false;
  }
  const record = value as Record<string, unknown>;
  for (const name in record) if (isIllFormedString(name) || isIllFormedAt(record[name], depth + 1)) return true;
  return false;
}
