import { resolveTemplate, translator } from '@solid-primitives/i18n';
import { expect, test } from 'vitest';

import { messages } from './messages.ts';
import { isRoutine, plainStep } from './plain-step.ts';

const t = translator(() => messages.en, resolveTemplate);
const say = (text: string): string => plainStep({ text }, t as never);

test('steps are told without the words of a programmer', () => {
  expect([
    'The workflow started.', 'A signal said that the row changed (start, version 1).', 'A signal said that the row changed (version 4).', 'The deadline timer was set for 6.2 min.',
    'The pause alert timer fired.', 'Done: read the session.', 'The milestone "waiting-room" was reached.', 'Noted in the audit log: exam.assign.',
  ].map(say)).toEqual([
    'The workflow began.', 'It was told of a change, start: version 1.', 'It was told that something had changed: version 4.', 'It set an alarm for the deadline, 6.2 min ahead.',
    'The alarm for the pause alert went off.', 'It did: read the session.', 'The moment “waiting room” was reached.', 'Noted: exam assign.',
  ]);
});

test('a step of a later release is told as it came', () => {
  expect(say('The moon rose.')).toBe('The moon rose.');
});

test('routine is what a workflow does all day, never what failed or closed something', () => {
  expect(['Done: read the session.', 'The deadline timer was taken back.'].every((text) => isRoutine({ source: 'workflow', text }))).toBe(true);
  expect(['Done: close the session if it is due.', 'Failed: read the session: timeout.', 'The deadline timer fired.'].some((text) => isRoutine({ source: 'workflow', text }))).toBe(false);
});
