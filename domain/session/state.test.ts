import { describe, expect, it } from 'vitest';
import {
  allowedStates,
  isTerminal,
  needsTime,
  OPEN_STATES,
  refusalOf,
  SESSION_COMMANDS,
  SESSION_STATES,
  type SessionCommand,
  type SessionRefusal,
  type SessionState,
  stateAfter,
  TERMINAL_STATES,
} from './state.ts';

type Verdict = SessionRefusal | null;

/** Columns: active in time, active past the cutoff, paused, submitted, expired, terminated, withdrawn. */
const TABLE: [SessionCommand, Verdict, Verdict, Verdict, Verdict, Verdict, Verdict, Verdict][] = [
  ['save', null, 'deadline-passed', 'session-paused', 'session-closed', 'deadline-passed', 'session-closed', 'session-closed'],
  ['submit', null, 'deadline-passed', 'session-paused', 'session-closed', 'deadline-passed', 'session-closed', 'session-closed'],
  ['pause', null, 'deadline-passed', 'session-paused', 'session-closed', 'session-closed', 'session-closed', 'session-closed'],
  ['resume', 'state-conflict', 'state-conflict', null, 'session-closed', 'session-closed', 'session-closed', 'session-closed'],
  ['extend', null, 'deadline-passed', null, 'session-closed', 'session-closed', 'session-closed', 'session-closed'],
  ['shorten', null, 'deadline-passed', null, 'session-closed', 'session-closed', 'session-closed', 'session-closed'],
  ['credit', null, 'deadline-passed', null, 'session-closed', 'session-closed', 'session-closed', 'session-closed'],
  ['terminate', null, null, null, 'session-closed', 'session-closed', 'session-closed', 'session-closed'],
  ['withdraw', null, null, null, 'session-closed', 'session-closed', 'session-closed', 'session-closed'],
  ['end', null, null, null, 'session-closed', 'session-closed', 'session-closed', 'session-closed'],
  ['reopen', 'state-conflict', 'state-conflict', 'state-conflict', null, null, null, null],
];

const CUTOFF = 5000;

describe('refusalOf', () => {
  it.each(TABLE)('judges %s in every state', (command, inTime, late, paused, ...terminal) => {
    const judge = (state: SessionState, nowMs: number): Verdict => refusalOf(command, { state, nowMs, cutoffAtMs: CUTOFF });
    expect(judge('active', CUTOFF - 1)).toBe(inTime);
    expect(judge('active', CUTOFF)).toBe(late);
    expect(judge('active', CUTOFF + 1)).toBe(late);
    expect(judge('paused', CUTOFF + 1)).toBe(paused);
    expect(TERMINAL_STATES.map((state) => judge(state, CUTOFF - 1))).toEqual(terminal);
    expect(refusalOf(command, { state: 'active', nowMs: CUTOFF, cutoffAtMs: null })).toBe(inTime);
  });

  it('has a row for every command', () => {
    expect(TABLE.map(([command]) => command)).toEqual([...SESSION_COMMANDS]);
  });

  it('agrees with the allowed states', () => {
    for (const command of SESSION_COMMANDS) {
      for (const state of SESSION_STATES) {
        const allowed = refusalOf(command, { state, nowMs: 0, cutoffAtMs: CUTOFF }) === null;
        expect(allowed).toBe(allowedStates(command).includes(state));
      }
    }
  });
});

describe('states', () => {
  it('are either open or terminal', () => {
    expect([...OPEN_STATES, ...TERMINAL_STATES]).toEqual([...SESSION_STATES]);
    expect(SESSION_STATES.filter(isTerminal)).toEqual([...TERMINAL_STATES]);
  });

  it('change by command only as named', () => {
    expect(SESSION_COMMANDS.map((command) => stateAfter(command, 'active'))).toEqual([
      'active',
      'submitted',
      'paused',
      'active',
      'active',
      'active',
      'active',
      'terminated',
      'withdrawn',
      'expired',
      'active',
    ]);
    expect(stateAfter('extend', 'paused')).toBe('paused');
  });

  it('need time exactly for what would bring back time that is over', () => {
    expect(SESSION_COMMANDS.filter(needsTime)).toEqual(['save', 'submit', 'pause', 'extend', 'shorten', 'credit']);
  });
});
