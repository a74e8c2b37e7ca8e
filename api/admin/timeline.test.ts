import { expect, test } from 'vitest';

import type { AuditRow } from '#db/admin/audit.ts';
import type { CommandStep } from '#db/admin/workflows.ts';

import { mergeSteps, tellAudit, tellCommands, tellMilestones, tellWorkflow } from './timeline.ts';

const command = (kind: string, atMs: number, more: Partial<CommandStep> = {}): CommandStep =>
  ({ commandId: `c-${kind}`, kind, version: 2, atMs, actorId: null, actorName: null, reason: null, ...more });
const audit = (action: string, atMs: number, more: Partial<AuditRow> = {}): AuditRow => ({
  id: 1, atMs, actorId: 'a', actorName: 'Ada', address: null, requestId: null, action, resourceType: 'session', resourceId: null,
  examId: null, sessionId: null, reason: null, before: null, after: null, ...more,
});

test('what somebody did is told once, with who and why', () => {
  const commands = [command('extend', 10, { actorId: 'a', actorName: 'Ada', reason: 'fire alarm' })];
  const steps = mergeSteps(tellCommands(commands), tellAudit([audit('session.extend', 10, { after: { commandId: 'c-extend' } }), audit('session.start', 1)], commands));
  expect(steps.map(({ text, actor, reason }) => [text, actor?.name, reason])).toEqual([
    ['The student started.', 'Ada', null],
    ['The session was extended. Version 2.', 'Ada', 'fire alarm'],
  ]);
});

test('a close by the clock is told of the row, and not a second time from the audit log', () => {
  const commands = [command('expire', 5)];
  expect(mergeSteps(tellCommands(commands), tellAudit([audit('session.expire', 5, { actorId: null })], commands))).toEqual([
    { atMs: 5, source: 'row', text: 'The database closed the session. Version 2.', actor: null, reason: null },
  ]);
});

test('of things at the same instant the decision comes before what followed', () => {
  const steps = mergeSteps(tellWorkflow([{ atMs: 7, text: 'The deadline timer fired.' }]), tellMilestones([{ key: 'open', outcome: 'skipped', atMs: 7 }]), tellCommands([command('pause', 7, { actorId: 'a' })]));
  expect(steps.map((step) => step.source)).toEqual(['command', 'row', 'workflow']);
});

test('kinds and actions of a later release are told by their name', () => {
  expect(tellCommands([command('teleport', 1)])[0]?.text).toBe('The session was changed (teleport). Version 2.');
  expect(tellAudit([audit('session.teleport', 1)], [])[0]?.text).toBe('Noted in the audit log: session.teleport.');
});
