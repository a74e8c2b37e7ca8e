import type { WorkflowHandle } from '@temporalio/client';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
/** One event of a history as Temporal gives it. */
export type HistoryEvent = NonNullable<History['events']>[number];

/** One event worth telling. */
export interface HistoryStep {
  readonly atMs: number;
  readonly text: string;
}

interface Names {
  /** What each timer waits for, by its id. */
  readonly timers: ReadonlyMap<string, string>;
  /** What each activity does, by the number of the event that scheduled it. */
  readonly activities: ReadonlyMap<string, string>;
}

type Attributes = Record<string, unknown>;
type Teller = (attributes: Attributes, event: HistoryEvent, names: Names) => string | null;

const SUFFIX = 'EventAttributes';

/** Bookkeeping between server and worker: nothing that an admin could act on. */
const UNTOLD = new Set([
  'workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskCompleted', 'activityTaskStarted', 'workflowPropertiesModified',
  'upsertWorkflowSearchAttributes',
]);

const TELLERS: Readonly<Record<string, Teller>> = {
  workflowExecutionStarted: () => 'The workflow started.',
  workflowExecutionSignaled: (attributes) => tellSignal(attributes),
  workflowExecutionCompleted: () => 'The workflow completed.',
  workflowExecutionFailed: (attributes) => `The workflow failed${because(attributes['failure'])}.`,
  workflowExecutionTimedOut: () => 'The workflow timed out.',
  workflowExecutionTerminated: (attributes) => `The workflow was terminated${textOf(attributes['reason'], ': ')}.`,
  workflowExecutionCanceled: () => 'The workflow ended because it was cancelled.',
  workflowExecutionCancelRequested: (attributes) => `Somebody asked the workflow to stop${textOf(attributes['cause'], ': ')}.`,
  workflowExecutionContinuedAsNew: () => 'The workflow went on in a new run.',
  workflowTaskFailed: (attributes) => `The workflow could not go on${because(attributes['failure'])}; it is tried again.`,
  workflowTaskTimedOut: () => 'No worker took the workflow on in time; it is offered again.',
  timerStarted: (attributes, _event, names) => `The ${timerName(attributes, names)} was set for ${duration(attributes['startToFireTimeout'])}.`,
  timerFired: (attributes, _event, names) => `The ${timerName(attributes, names)} fired.`,
  timerCanceled: (attributes, _event, names) => `The ${timerName(attributes, names)} was taken back.`,
  markerRecorded: (attributes, event) => tellMarker(attributes, event),
  activityTaskScheduled: (_attributes, event) => `Handed to a worker: ${activityName(event)}.`,
  activityTaskCompleted: (attributes, _event, names) => `Done: ${scheduledName(attributes, names)}.`,
  activityTaskFailed: (attributes, _event, names) => `Failed: ${scheduledName(attributes, names)}${because(attributes['failure'])}.`,
  activityTaskTimedOut: (attributes, _event, names) => `Timed out: ${scheduledName(attributes, names)}.`,
  activityTaskCancelRequested: (attributes, _event, names) => `Asked to stop: ${scheduledName(attributes, names)}.`,
  activityTaskCanceled: (attributes, _event, names) => `Stopped: ${scheduledName(attributes, names)}.`,
  workflowExecutionUpdateAccepted: (attributes) => `The command ${updateName(attributes)} was accepted.`,
  workflowExecutionUpdateCompleted: () => 'The command was carried out.',
};

/** Tells a history in sentences; an event that this release does not know is told by its name. */
export function tellHistory(events: readonly HistoryEvent[]): HistoryStep[] {
  const names = collectNames(events);
  return events.flatMap((event) => {
    const name = nameOf(event);
    if (name === undefined || UNTOLD.has(name)) return [];
    const text = tell(name, event, names);
    return text === null ? [] : [{ atMs: instantOf(event.eventTime), text }];
  });
}

function tell(name: string, event: HistoryEvent, names: Names): string | null {
  const teller = TELLERS[name];
  const attributes = ((event as unknown as Attributes)[`${name}${SUFFIX}`] ?? {}) as Attributes;
  return teller === undefined ? `Something of the kind "${words(name)}" happened.` : teller(attributes, event, names);
}

function nameOf(event: HistoryEvent): string | undefined {
  const key = Object.entries(event).find(([name, value]) => name.endsWith(SUFFIX) && value !== null && value !== undefined)?.[0];
  return key?.slice(0, -SUFFIX.length);
}

function collectNames(events: readonly HistoryEvent[]): Names {
  const timers = new Map<string, string>();
  const activities = new Map<string, string>();
  for (const event of events) {
    const timer = event.timerStartedEventAttributes;
    const summary = summaryOf(event);
    if (timer?.timerId != null && summary !== undefined) timers.set(timer.timerId, summary);
    if (event.activityTaskScheduledEventAttributes != null) activities.set(String(event.eventId), activityName(event));
  }
  return { timers, activities };
}

function tellSignal(attributes: Attributes): string {
  const change = firstPayload(attributes['input']) as { version?: unknown; kind?: unknown } | undefined;
  if (change?.kind === 'nudge') return 'Somebody asked for a fresh look at the row.';
  if (typeof change?.version !== 'number') return `The signal ${String(attributes['signalName'])} came.`;
  const kind = typeof change.kind === 'string' && change.kind !== 'changed' ? `${change.kind}, ` : '';
  return `A signal said that the row changed (${kind}version ${change.version}).`;
}

function tellMarker(attributes: Attributes, event: HistoryEvent): string | null {
  const marker = attributes['markerName'];
  if (marker === 'core_patch') return null;
  if (marker !== 'core_local_activity') return `Noted: ${words(String(marker))}.`;
  const details = attributes['details'] as Record<string, unknown> | null | undefined;
  const data = firstPayload(details?.['data']) as { activity_type?: unknown } | undefined;
  const what = summaryOf(event) ?? (typeof data?.activity_type === 'string' ? words(data.activity_type) : 'a short step');
  return attributes['failure'] == null ? `Done: ${what}.` : `Failed: ${what}${because(attributes['failure'])}.`;
}

function timerName(attributes: Attributes, names: Names): string {
  const summary = names.timers.get(String(attributes['timerId']));
  return summary === undefined ? 'timer' : `${words(summary)} timer`;
}

function activityName(event: HistoryEvent): string {
  return summaryOf(event) ?? words(event.activityTaskScheduledEventAttributes?.activityType?.name ?? 'an activity');
}

function scheduledName(attributes: Attributes, names: Names): string {
  return names.activities.get(String(attributes['scheduledEventId'])) ?? 'an activity';
}

function updateName(attributes: Attributes): string {
  const request = attributes['acceptedRequest'] as { input?: { name?: string } } | null | undefined;
  return request?.input?.name ?? 'of somebody';
}

function summaryOf(event: HistoryEvent): string | undefined {
  const summary = decode(event.userMetadata?.summary);
  return typeof summary === 'string' && summary !== '' ? summary : undefined;
}

function because(failure: unknown): string {
  const { message, cause } = (failure ?? {}) as { message?: unknown; cause?: { message?: unknown } | null };
  const text = typeof cause?.message === 'string' && cause.message !== '' ? cause.message : message;
  return textOf(text, ': ');
}

function textOf(value: unknown, before: string): string {
  return typeof value === 'string' && value !== '' ? `${before}${value.slice(0, 300).replace(/\.$/, '')}` : '';
}

function duration(value: unknown): string {
  const seconds = secondsOf(value);
  if (seconds < 120) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 6) / 10} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}

function instantOf(value: unknown): number {
  return Math.floor(secondsOf(value) * 1000);
}

function secondsOf(value: unknown): number {
  // protobuf durations and timestamps: 64-bit numbers come as objects that print themselves
  const { seconds, nanos } = (value ?? {}) as { seconds?: unknown; nanos?: unknown };
  return Number(String(seconds ?? 0)) + Number(nanos ?? 0) / 1e9;
}

function firstPayload(payloads: unknown): unknown {
  const list = (payloads as { payloads?: unknown[] | null } | null | undefined)?.payloads;
  return decode(list?.[0]);
}

function decode(payload: unknown): unknown {
  const data = (payload as { data?: unknown } | null | undefined)?.data;
  if (!(data instanceof Uint8Array)) return undefined;
  try {
    return JSON.parse(Buffer.from(data).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function words(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[-_]/g, ' ').toLowerCase();
}
