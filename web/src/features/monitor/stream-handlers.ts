import type { StreamEvents, StreamOptions } from '#web/lib/stream.ts';

import type { SeenIncident } from './create-monitor.ts';
import type { Patch, Roster } from './create-roster.ts';
import type { HelpRequest } from './types.ts';

/** What events do besides changing lines. */
interface Effects {
  readonly roster: Roster;
  readonly examId: string;
  /** Reads lines again that changed in a way that no event tells. */
  refresh(): void;
  helpChanged(): void;
  patchHelp(id: string, change: Partial<HelpRequest>): void;
  incident(seen: SeenIncident): void;
  /** The time of sessions changed. */
  changed(): void;
  acknowledged(sessionId: string): void;
  windowChanged(): void;
  messageSent(): void;
  heard(): void;
  reset(): void;
}

const NO_TIME_CHANGE: ReadonlySet<string> = new Set(['started', 'graded', 'submitted']);

/** Turns events of an exam into changes of its roster. */
export function streamHandlers(effects: Effects): StreamOptions['on'] {
  const { roster } = effects;
  const heard = <Data>(work: (data: Data) => void) => (data: Data): void => {
    effects.heard();
    work(data);
  };
  return {
    'session-changed': heard((data) => {
      const patch = patchOf(data, roster);
      if (patch === undefined) return effects.refresh();
      roster.patch(data.sessionId, patch);
      // what is left on a paused clock is not in the event
      if (roster.peek(data.sessionId)?.state === 'paused' && data.change !== 'paused') effects.refresh();
      if (!NO_TIME_CHANGE.has(data.change) && data.closeReason !== 'submitted' && data.closeReason !== 'deadline') effects.changed();
    }),
    progress: heard((data) => roster.patch(data.sessionId, { answered: data.answered, total: data.total, lastSavedAtMs: Date.parse(data.at) })),
    connection: heard((data) => roster.patch(data.sessionId, { online: data.online, offlineSinceMs: data.online ? null : Date.parse(data.at) })),
    acknowledged: heard((data) => {
      const known = roster.peek(data.sessionId);
      if (known === undefined || data.sessionVersion <= known.acknowledgedVersion) return;
      roster.patch(data.sessionId, { acknowledgedVersion: data.sessionVersion });
      effects.acknowledged(data.sessionId);
    }),
    'help-requested': heard(() => effects.helpChanged()),
    'help-changed': heard((data) => {
      if (data.state === 'resolved') effects.patchHelp(data.id, { state: 'resolved' });
      else if (data.state === 'claimed') effects.patchHelp(data.id, { state: 'claimed', claimedBy: data.by, claimedAt: data.at });
      else effects.helpChanged();
    }),
    incident: heard((data) => {
      const kinds = Object.entries(data.kinds);
      const known = roster.peek(data.sessionId);
      if (known !== undefined) roster.patch(data.sessionId, { incidents: known.incidents + kinds.reduce((sum, [, count]) => sum + count, 0) });
      for (const [kind, count] of kinds) effects.incident({ id: `${data.sessionId} ${kind} ${data.at}`, sessionId: data.sessionId, kind, count, lastAt: data.at });
    }),
    'window-changed': heard(() => {
      effects.windowChanged();
      effects.changed();
    }),
    message: heard(() => effects.messageSent()),
    reset: () => effects.reset(),
  };
}

function patchOf(data: StreamEvents['session-changed'], roster: Roster): Patch | undefined {
  const known = roster.peek(data.sessionId);
  if (known === undefined || data.change === 'started') return undefined;
  // replays and reloads overlap: an older version says nothing new
  if (data.sessionVersion !== null && data.sessionVersion < known.version) return {};
  const atMs = Date.parse(data.at);
  const state = data.state ?? known.state;
  const deadlineAtMs = data.deadlineAt === undefined ? known.deadlineAtMs : data.deadlineAt === null ? null : Date.parse(data.deadlineAt);
  return {
    state,
    deadlineAtMs,
    ...(data.sessionVersion === null ? {} : { version: data.sessionVersion }),
    ...(data.change === 'paused' ? { pausedAtMs: atMs, remainingMs: Math.max(0, (known.deadlineAtMs ?? atMs) - atMs) } : {}),
    ...(state === 'paused' ? {} : { pausedAtMs: null }),
    ...(data.closedAt === undefined ? {} : { closedAtMs: Date.parse(data.closedAt), closeReason: data.closeReason ?? null }),
    ...(data.change === 'reopened' ? { closedAtMs: null, closeReason: null } : {}),
    ...(data.change === 'graded' ? {} : { lastChange: { kind: data.change, atMs, reason: data.reason, actor: null } }),
  };
}
