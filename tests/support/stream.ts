import { get, type ClientRequest } from 'node:http';

import type { z } from 'zod';

import { CONNECTION_EVENTS, EXAM_EVENTS, SESSION_EVENTS } from '#contracts/streams.ts';

/** One event as it came over the wire. */
export interface StreamedEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
  /** When it was read, ms of `performance.now()`. */
  readonly readAtMs: number;
}

/** An open event stream of a test; every event is checked against its contract. */
export interface TestStream {
  readonly events: readonly StreamedEvent[];
  readonly headers: Record<string, string | string[] | undefined>;
  /** Everything that came, as it came. */
  readonly raw: () => string;
  /** Resolves with the first event of this name that satisfies `matches`, those that came already included. */
  next(event: string, matches?: (data: Record<string, unknown>) => boolean, patienceMs?: number): Promise<StreamedEvent>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

const PATIENCE_MS = 10_000;

/** Opens a stream and waits for its greeting. */
export async function openStream(url: string, path: string, token: string, headers: Record<string, string> = {}): Promise<TestStream> {
  const events: StreamedEvent[] = [];
  const waiters = new Set<() => void>();
  let raw = '';
  let buffer = '';
  let tellEnded: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (tellEnded = resolve));

  const { request, responseHeaders } = await new Promise<{ request: ClientRequest; responseHeaders: TestStream['headers'] }>((resolve, reject) => {
    const opening = get(`${url}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}`, ...headers }, agent: false }, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        reject(new Error(`${path} answered ${response.statusCode}`));
        return;
      }
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        raw += chunk;
        buffer += chunk;
        for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
          events.push(readBlock(buffer.slice(0, end)));
          buffer = buffer.slice(end + 2);
        }
        waiters.forEach((look) => look());
      });
      response.on('close', tellEnded);
      resolve({ request: opening, responseHeaders: response.headers });
    });
    opening.on('error', (error) => {
      reject(error);
      tellEnded();
    });
  });

  const stream: TestStream = {
    events,
    headers: responseHeaders,
    raw: () => raw,
    ended,
    next: (event, matches = () => true, patienceMs = PATIENCE_MS) => new Promise((resolve, reject) => {
      const look = (): void => {
        const found = events.find((one) => one.event === event && matches(one.data));
        if (found === undefined) return;
        waiters.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        waiters.delete(look);
        reject(new Error(`no event ${event} came; there were: ${events.map((one) => one.event).join(', ')}`));
      }, patienceMs);
      waiters.add(look);
      look();
    }),
    close: () => void request.destroy(),
  };
  await stream.next('hello');
  return stream;
}

const SCHEMAS: Readonly<Record<string, readonly z.ZodType[]>> = Object.fromEntries(
  [...new Set([CONNECTION_EVENTS, SESSION_EVENTS, EXAM_EVENTS].flatMap((table) => Object.keys(table)))].map((name) => [
    name, [CONNECTION_EVENTS, SESSION_EVENTS, EXAM_EVENTS].flatMap((table) => (name in table ? [(table as Record<string, z.ZodType>)[name]!] : [])),
  ]),
);

function readBlock(block: string): StreamedEvent {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]));
  const event = fields.get('event') ?? 'message';
  const data = JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>;
  const schemas = SCHEMAS[event];
  if (schemas === undefined) throw new Error(`the event ${event} has no contract`);
  if (!schemas.some((schema) => schema.safeParse(data).success)) throw new Error(`${event} differs from its contract: ${JSON.stringify(data)}`);
  return { id: fields.get('id'), event, data, readAtMs: performance.now() };
}
