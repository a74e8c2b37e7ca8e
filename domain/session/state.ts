/** The states of a session and what may be done to it in each. */

/** Every state of a session. */
export const SESSION_STATES = ['active', 'paused', 'submitted', 'expired', 'terminated', 'withdrawn'] as const;
/** The state of a session. */
export type SessionState = (typeof SESSION_STATES)[number];

/** States in which a session is still being sat. */
export const OPEN_STATES = ['active', 'paused'] as const satisfies readonly SessionState[];
/** States that only a re-open leaves. */
export const TERMINAL_STATES = ['submitted', 'expired', 'terminated', 'withdrawn'] as const satisfies readonly SessionState[];

/** Everything that can be done to one session. */
export const SESSION_COMMANDS = [
  'save',
  'submit',
  'pause',
  'resume',
  'extend',
  'shorten',
  'credit',
  'terminate',
  'withdraw',
  'end',
  'reopen',
] as const;
/** What is done to a session. */
export type SessionCommand = (typeof SESSION_COMMANDS)[number];

/** Why a command is refused; each is a problem code of the API (409). */
export type SessionRefusal = 'session-closed' | 'session-paused' | 'deadline-passed' | 'state-conflict';

const ALLOWED: Record<SessionCommand, readonly SessionState[]> = {
  save: ['active'],
  submit: ['active'],
  pause: ['active'],
  resume: ['paused'],
  extend: OPEN_STATES,
  shorten: OPEN_STATES,
  credit: OPEN_STATES,
  terminate: OPEN_STATES,
  withdraw: OPEN_STATES,
  end: OPEN_STATES,
  reopen: TERMINAL_STATES,
};

/**
 * Commands for which an active session past its cutoff counts as closed although nobody has closed it yet: they would
 * otherwise bring back time that is over. The three that close a session by hand may still come first.
 */
const NEED_TIME: ReadonlySet<SessionCommand> = new Set(['save', 'submit', 'pause', 'extend', 'shorten', 'credit']);

/** Tells whether a session in this state is over. */
export function isTerminal(state: SessionState): boolean {
  return state !== 'active' && state !== 'paused';
}

/** The states in which a command can be carried out. */
export function allowedStates(command: SessionCommand): readonly SessionState[] {
  return ALLOWED[command];
}

/** Tells whether a command needs a cutoff that has not passed, if the session is active. */
export function needsTime(command: SessionCommand): boolean {
  return NEED_TIME.has(command);
}

/** What decides about a command, read after the row was locked. */
export interface SessionMoment {
  readonly state: SessionState;
  /** Null while no deadline is known. */
  readonly cutoffAtMs: number | null;
  readonly nowMs: number;
}

/**
 * Judges a command.
 * @returns the reason to refuse it, or null when it may be carried out.
 */
export function refusalOf(command: SessionCommand, session: SessionMoment): SessionRefusal | null {
  if (!ALLOWED[command].includes(session.state)) return refusalOfState(session.state, command);
  const isLate = session.state === 'active' && session.cutoffAtMs !== null && session.nowMs >= session.cutoffAtMs;
  return isLate && NEED_TIME.has(command) ? 'deadline-passed' : null;
}

function refusalOfState(state: SessionState, command: SessionCommand): SessionRefusal {
  if (command === 'reopen') return 'state-conflict';
  if (isTerminal(state)) return state === 'expired' && (command === 'save' || command === 'submit') ? 'deadline-passed' : 'session-closed';
  return state === 'paused' ? 'session-paused' : 'state-conflict';
}

/** The state a command leads to; the ones that only move time keep the state. */
export function stateAfter(command: SessionCommand, state: SessionState): SessionState {
  switch (command) {
    case 'submit':
      return 'submitted';
    case 'pause':
      return 'paused';
    case 'resume':
    case 'reopen':
      return 'active';
    case 'terminate':
      return 'terminated';
    case 'withdraw':
      return 'withdrawn';
    case 'end':
      return 'expired';
    case 'save':
    case 'extend':
    case 'shorten':
    case 'credit':
      return state;
  }
}
