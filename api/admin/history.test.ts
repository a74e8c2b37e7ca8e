import { describe, expect, test } from 'vitest';

import { type HistoryEvent, tellHistory } from './history.ts';

const payload = (value: unknown) => ({ metadata: {}, data: new TextEncoder().encode(JSON.stringify(value)) });
let number = 0;
const event = (attributes: Record<string, unknown>, summary?: string): HistoryEvent => ({
  eventId: ++number, eventTime: { seconds: 1_780_000_000, nanos: 250_000_000 }, ...attributes,
  ...(summary === undefined ? {} : { userMetadata: { summary: payload(summary) } }),
}) as unknown as HistoryEvent;
const texts = (...events: HistoryEvent[]): string[] => tellHistory(events).map((step) => step.text);

describe('a history in sentences', () => {
  test('a timer is called by what it waits for', () => {
    expect(texts(
      event({ timerStartedEventAttributes: { timerId: '1', startToFireTimeout: { seconds: 5_400, nanos: 0 } } }, 'deadline'),
      event({ timerFiredEventAttributes: { timerId: '1' } }),
    )).toEqual(['The deadline timer was set for 90 min.', 'The deadline timer fired.']);
  });

  test('a signal says which version of the row it announces', () => {
    const signal = (change: unknown) => event({ workflowExecutionSignaledEventAttributes: { signalName: 'sessionRowChanged', input: { payloads: [payload(change)] } } });
    expect(texts(signal({ version: 4, kind: 'extend' }), signal({ version: 4, kind: 'changed' }), signal({ version: 0, kind: 'nudge' }), signal('?'))).toEqual([
      'A signal said that the row changed (extend, version 4).', 'A signal said that the row changed (version 4).',
      'Somebody asked for a fresh look at the row.', 'The signal sessionRowChanged came.',
    ]);
  });

  test('a local activity is told by its summary, or by its type', () => {
    const marker = { markerName: 'core_local_activity', details: { data: { payloads: [payload({ activity_type: 'closeSession' })] } } };
    expect(texts(event({ markerRecordedEventAttributes: marker }, 'close the session if it is due'), event({ markerRecordedEventAttributes: marker }))).toEqual([
      'Done: close the session if it is due.', 'Done: close session.',
    ]);
  });

  test('an activity is followed from its start to its end, with the reason of a failure', () => {
    const scheduled = event({ activityTaskScheduledEventAttributes: { activityType: { name: 'gradeSession' } } }, 'mark the answers');
    expect(texts(
      scheduled, event({ activityTaskStartedEventAttributes: { scheduledEventId: scheduled.eventId } }),
      event({ activityTaskFailedEventAttributes: { scheduledEventId: scheduled.eventId, failure: { message: 'the key is broken' } } }),
      event({ activityTaskCompletedEventAttributes: { scheduledEventId: scheduled.eventId } }),
    )).toEqual(['Handed to a worker: mark the answers.', 'Failed: mark the answers: the key is broken.', 'Done: mark the answers.']);
  });

  test('an event of a later release is told by its name, and one without content is passed over', () => {
    expect(texts(event({ somethingQuiteNewEventAttributes: {} }), event({}))).toEqual(['Something of the kind "something quite new" happened.']);
  });

  test('numbers of 64 bits come as objects and keep their instant', () => {
    const long = { toString: () => '1780000000' };
    const [step] = tellHistory([{ ...event({ workflowExecutionStartedEventAttributes: {} }), eventTime: { seconds: long, nanos: 250_000_000 } } as unknown as HistoryEvent]);
    expect(step).toEqual({ atMs: 1_780_000_000_250, text: 'The workflow started.' });
  });
});
