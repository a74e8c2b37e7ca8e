import { createSignal, onCleanup } from 'solid-js';
import type { z } from 'zod';

import type { CONNECTION_EVENTS, EXAM_EVENTS, SESSION_EVENTS } from '#contracts/streams.ts';

import { address, refreshLogin } from './http.ts';
import { noteServerTime } from './server-clock.ts';

type Schemas = typeof SESSION_EVENTS & typeof EXAM_EVENTS & Pick<typeof CONNECTION_EVENTS, 'hello' | 'reset'>;

/** Data of every event that can come, by its name. */
export type StreamEvents = { [Name in keyof Schemas]: z.output<Schemas[Name]> };

/** Whether events are coming in. */
export type StreamState = 'connecting' | 'live' | 'offline';

/** What a page listens to. */
export interface StreamOptions {
  /** `session:<id>` and `exam:<id>`; left out by the exam page. */
  readonly topics?: readonly string[];
  /** The session whose exam page this is: staff see it as connected while this is open. */
  readonly sitsAt?: string;
  /** Position of the list or the session that the page shows. */
  readonly after: string;
  /** What to do for each event; `reset` means: load everything again, then call {@link Stream.restart} with its position. */
  readonly on: { readonly [Name in keyof StreamEvents]?: (data: StreamEvents[Name]) => void };
  /** After a gap: events may have been sent that are not stored, such as progress. */
  readonly onReconnect?: () => void;
}

/** An open stream. */
export interface Stream {
  readonly state: () => StreamState;
  /** Opens anew from a position, after everything was loaded again. */
  restart(after: string): void;
  close(): void;
}

/** A connection that says nothing for so long is dead: the server pings each 15 s. */
const SILENCE_MS = 40_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** Listens to live events: reconnects with growing pauses, replays what was missed, hands each stored event on once. */
export function createStream(options: StreamOptions): Stream {
  const [state, setState] = createSignal<StreamState>('connecting');
  let position = options.after;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let wasLive = false;
  let closed = false;

  const open = (): void => {
    if (closed) return;
    source = new EventSource(options.sitsAt === undefined ? address('/stream', { topics: options.topics?.join(','), after: position }) : address(`/sessions/${options.sitsAt}/stream`, { after: position }));
    source.addEventListener('hello', (event) => {
      failures = 0;
      heard();
      setState('live');
      take('hello', event, noteTime(event));
      if (wasLive) options.onReconnect?.();
      wasLive = true;
    });
    source.addEventListener('ping', () => heard());
    for (const name of Object.keys(options.on) as (keyof StreamEvents)[]) {
      if (name !== 'hello') source.addEventListener(name, (event) => take(name, event));
    }
    source.addEventListener('error', () => retry());
    heard();
  };

  const take = (name: keyof StreamEvents, event: MessageEvent, data: unknown = JSON.parse(String(event.data))): void => {
    heard();
    const id = event.lastEventId;
    // replays may repeat what was seen; events that are not stored carry the position of the one before
    const isStored = name !== 'hello' && name !== 'progress' && name !== 'connection' && name !== 'run-progress' && id !== '';
    if (isStored && Number(id) <= Number(position)) return;
    if (isStored) position = id;
    options.on[name]?.(data as never);
  };

  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(retry, SILENCE_MS);
  };

  function retry(): void {
    // the browser goes on by itself after a lost connection, but not after a refusal: the access token has ended
    const isRefused = source?.readyState === EventSource.CLOSED;
    source?.close();
    clearTimeout(silence);
    clearTimeout(timer);
    if (closed) return;
    setState(failures > 0 || !navigator.onLine ? 'offline' : 'connecting');
    const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(() => void (isRefused ? refreshLogin() : Promise.resolve(true)).then(open, open), failures === 1 ? 50 : pauseMs);
  }

  const onOnline = (): void => {
    if (state() !== 'live') {
      failures = 0;
      retry();
    }
  };
  // a cut line is silent for a long time, but the device may know of it
  const onOffline = (): void => retry();
  // a page that the browser keeps for its "back" button would keep a connection as well, and there are only six of them
  const onPageHide = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
    clearTimeout(silence);
  };
  const onPageShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    failures = 0;
    retry();
  };
  addEventListener('pagehide', onPageHide);
  addEventListener('pageshow', onPageShow);
  addEventListener('online', onOnline);
  addEventListener('offline', onOffline);
  open();

  const close = (): void => {
    closed = true;
    source?.close();
    clearTimeout(timer);
    clearTimeout(silence);
    removeEventListener('pagehide', onPageHide);
    removeEventListener('pageshow', onPageShow);
    removeEventListener('online', onOnline);
    removeEventListener('offline', onOffline);
  };
  onCleanup(close);
  return {
    state,
    restart(after) {
      position = after;
      source?.close();
      clearTimeout(timer);
      failures = 0;
      open();
    },
    close,
  };
}

// the first word of a connection is as good as a reply; how long it took is not known
function noteTime(event: MessageEvent): unknown {
  const data = JSON.parse(String(event.data)) as { serverTime?: string };
  const nowMs = performance.now();
  noteServerTime(data.serverTime ?? null, nowMs - 500, nowMs);
  return data;
}
