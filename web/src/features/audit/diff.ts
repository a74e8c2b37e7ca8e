/** A field that an act changed; texts are JSON unless they are plain. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What differs between before and after, field by field, the ones that stayed left out. */
export function changesOf(before: unknown, after: unknown): readonly FieldChange[] {
  if (!isRecord(before) && !isRecord(after)) return textOf(before) === textOf(after) ? [] : [{ field: '', before: textOf(before), after: textOf(after) }];
  const old = isRecord(before) ? before : {};
  const fresh = isRecord(after) ? after : {};
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .map((field) => ({ field, before: textOf(old[field]), after: textOf(fresh[field]) }))
    .filter((change) => change.before !== change.after);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
