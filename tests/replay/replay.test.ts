import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { type History, Worker, type WorkflowBundle } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, test } from 'vitest';

import { quietRuntime, testBundle } from '#tests/support/workflow-environment.ts';

import { SCENARIOS } from './scenarios.ts';

const HISTORIES = join(import.meta.dirname, 'histories');
/** Bars of the product for a session; a held or extended one may take the second. */
const NOMINAL_EVENTS = 25;
const WORST_EVENTS = 80;
const NOMINAL = ['deadline', 'graded-by-a-run', 'handed-in', 'already-over'];

const RECORDED = readdirSync(HISTORIES).flatMap((workflow) =>
  readdirSync(join(HISTORIES, workflow)).map((file) => ({ workflow, file, name: file.replace(/^\d+\.\d+\.\d+-/, '').replace('.json', '') })));

let workflowBundle: WorkflowBundle;
beforeAll(async () => {
  quietRuntime();
  workflowBundle = await testBundle();
});

function textOf({ workflow, file }: { workflow: string; file: string }): string {
  return readFileSync(join(HISTORIES, workflow, file), 'utf8');
}

async function replay(text: string): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle }, JSON.parse(text) as unknown);
}

const eventsOf = (text: string): History['events'] => historyFromJSON(JSON.parse(text)).events ?? [];

describe('the workflow code of today', () => {
  test.each(RECORDED)('continues the recorded history of $workflow, $file', async (recorded) => {
    await expect(replay(textOf(recorded))).resolves.toBeUndefined();
  });

  test('is replayed with a history of every scenario', () => {
    const scenarios = Object.entries(SCENARIOS).flatMap(([workflow, byName]) => Object.keys(byName).map((name) => `${workflow} ${name}`));
    expect(new Set(RECORDED.map(({ workflow, name }) => `${workflow} ${name}`))).toEqual(new Set(scenarios));
  });
});

describe('a history that the code can not have written', () => {
  const deadline = RECORDED.find(({ workflow, name }) => workflow === 'examSessionWorkflow' && name === 'deadline')!;

  test('with another activity in the place of one is refused', async () => {
    const corrupted = textOf(deadline).replaceAll('"gradeSession"', '"leaveToPerson"');
    expect(corrupted).not.toBe(textOf(deadline));
    await expect(replay(corrupted)).rejects.toBeInstanceOf(DeterminismViolationError);
  });

  test('with a timer taken out is refused', async () => {
    const history = JSON.parse(textOf(deadline)) as { events: Record<string, unknown>[] };
    const events = history.events.filter((event) => !('timerStartedEventAttributes' in event));
    expect(events).toHaveLength(history.events.length - 1);
    await expect(replay(JSON.stringify({ events }))).rejects.toThrow();
  });
});

describe('the event budget', () => {
  test.each(RECORDED.filter(({ workflow }) => workflow === 'examSessionWorkflow'))('holds for a session: $name', (recorded) => {
    expect(eventsOf(textOf(recorded))!.length).toBeLessThanOrEqual(NOMINAL.includes(recorded.name) ? NOMINAL_EVENTS : WORST_EVENTS);
  });

  test.each(RECORDED.filter(({ workflow }) => workflow === 'examWindowWorkflow'))('holds for a window: $name', (recorded) => {
    expect(eventsOf(textOf(recorded))!.length).toBeLessThanOrEqual(WORST_EVENTS);
  });
});
