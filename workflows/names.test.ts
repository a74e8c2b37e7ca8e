import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import * as grading from './grading/messages.ts';
import * as runs from './runs/messages.ts';
import * as schedule from './schedule/messages.ts';
import * as session from './session/messages.ts';
import { siblingQueue, TASK_QUEUES } from './task-queues.ts';

const MESSAGES = { grading, runs, schedule, session };
const SUFFIX = { signal: 'Signal', query: 'Query', update: 'Update' } as const;
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

function isDefinition(value: unknown): value is { type: keyof typeof SUFFIX; name: string } {
  return typeof value === 'object' && value !== null && 'type' in value && 'name' in value;
}

describe('names on the wire', () => {
  const definitions = Object.entries(MESSAGES).flatMap(([feature, module]) =>
    Object.entries(module as Record<string, unknown>).flatMap(([name, value]) => (isDefinition(value) ? [{ feature, name, type: value.type, wire: value.name }] : [])));

  test.each(definitions)('$feature: $name is $wire with the suffix of its kind', ({ name, type, wire }) => {
    expect(name).toBe(`${wire}${SUFFIX[type]}`);
  });

  test('there are messages of every kind', () => {
    expect(new Set(definitions.map(({ type }) => type))).toEqual(new Set(['signal', 'query', 'update']));
  });

  test.each(Object.keys(MESSAGES).filter((feature) => feature !== 'runs'))('the workflow of %s has a file of its own', (feature) => {
    expect(readdirSync(join(import.meta.dirname, feature))).toContain('workflow.ts');
  });

  test('workflow ids are dashes and the id', () => {
    expect(session.examSessionWorkflowId(ID)).toBe(`exam-session-${ID}`);
    expect(schedule.examWindowWorkflowId(ID)).toBe(`exam-window-${ID}`);
    expect(grading.gradingRunWorkflowId(ID)).toBe(`grading-run-${ID}`);
  });
});

describe('task queues', () => {
  test('of one set share a prefix', () => {
    expect(siblingQueue('core', 'grading')).toBe('grading');
    expect(siblingQueue('blue-core', 'db')).toBe('blue-db');
  });

  test('are named like their keys', () => {
    for (const [key, name] of Object.entries(TASK_QUEUES)) expect(name).toBe(key);
  });
});
