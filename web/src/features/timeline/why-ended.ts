import type { TimelineEntry } from './api.ts';

/** One part of the end of a session. */
export interface EndPart {
  readonly kind: 'own' | 'window-cap' | 'extend' | 'shorten' | 'credit' | 'window' | 'pause' | 'reopen' | 'other';
  readonly ms: number;
  readonly by: string | null;
  readonly reason: string | null;
}

/** How the end of a session came about, from what the timeline tells. */
export interface EndAccount {
  readonly startedMs: number;
  readonly parts: readonly EndPart[];
  /** Started plus all parts. */
  readonly deadlineMs: number;
  /** Whether that is the deadline that the session has; null while it is paused and has none. */
  readonly addsUp: boolean | null;
}

const PARTS: Readonly<Record<string, EndPart['kind']>> = {
  extend: 'extend', shorten: 'shorten', credit: 'credit', window: 'window', resume: 'pause', reopen: 'reopen',
};

/**
 * Adds the end of a session up.
 * @param deadlineAt deadline that the session has now; null while it is paused
 * @returns undefined when the timeline does not tell the start
 */
export function accountForEnd(entries: readonly TimelineEntry[], deadlineAt: string | null): EndAccount | undefined {
  const start = entries.find(({ kind }) => kind === 'start');
  const firstDeadline = readInstant(start?.detail['deadlineAt']);
  if (start === undefined || firstDeadline === undefined) return undefined;
  const startedMs = Date.parse(start.at);
  const parts: EndPart[] = [...startParts(start, startedMs, firstDeadline)];
  for (const entry of entries) {
    const old = readInstant(entry.detail['oldDeadlineAt']);
    const fresh = readInstant(entry.detail['newDeadlineAt']);
    if (old === undefined || fresh === undefined || old === fresh) continue;
    parts.push({ kind: PARTS[entry.kind] ?? 'other', ms: fresh - old, by: entry.actor?.name ?? null, reason: entry.reason });
  }
  const deadlineMs = startedMs + parts.reduce((sum, { ms }) => sum + ms, 0);
  return { startedMs, parts, deadlineMs, addsUp: deadlineAt === null ? null : Date.parse(deadlineAt) === deadlineMs };
}

function startParts(start: TimelineEntry, startedMs: number, firstDeadline: number): EndPart[] {
  const given = firstDeadline - startedMs;
  const entitled = typeof start.detail['entitledMs'] === 'number' ? start.detail['entitledMs'] : given;
  const extra = typeof start.detail['extraMs'] === 'number' ? start.detail['extraMs'] : 0;
  const alone = { by: null, reason: null };
  const cut = given - entitled - extra;
  return [
    { kind: 'own' as const, ms: entitled, ...alone },
    ...(cut === 0 ? [] : [{ kind: 'window-cap' as const, ms: cut, ...alone }]),
    ...(extra === 0 ? [] : [{ kind: 'other' as const, ms: extra, ...alone }]),
  ];
}

function readInstant(value: unknown): number | undefined {
  return typeof value === 'string' ? Date.parse(value) : undefined;
}
