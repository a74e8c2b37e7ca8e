import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createStream } from './stream.ts';

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static readonly opened: Source[] = [];
  readonly url: string;
  readyState = 1;
  constructor(url: string) {
    super();
    this.url = url;
    Source.opened.push(this);
  }
  say(name: string, data: object, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }
  close(): void {
    this.readyState = 2;
  }
}

let dispose: () => void;

function open(on: Parameters<typeof createStream>[0]['on'] = {}): ReturnType<typeof createStream> {
  return createRoot((done) => {
    dispose = done;
    return createStream({ topics: ['session:s'], after: '7', on });
  });
}

const latest = (): Source => Source.opened.at(-1)!;
const turnPage = (type: 'pagehide' | 'pageshow', persisted = true): void => void dispatchEvent(Object.assign(new Event(type), { persisted }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  Source.opened.length = 0;
});
afterEach(() => {
  dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('is live from the first word on, and hands each stored event on once', () => {
  const paused = vi.fn();
  const stream = open({ paused });
  expect(stream.state()).toBe('connecting');
  latest().say('hello', {});
  expect(stream.state()).toBe('live');
  latest().say('paused', { sessionVersion: 2 }, '8');
  latest().say('paused', { sessionVersion: 2 }, '8');
  expect(paused).toHaveBeenCalledTimes(1);
});

it('tells the exam page of a session from a page that only listens to it', () => {
  open();
  expect(latest().url).toContain('/stream?topics=session%3As');
  createRoot((done) => {
    createStream({ sitsAt: 's', after: '7', on: {} });
    expect(latest().url).toMatch(/\/sessions\/s\/stream\?after=7$/);
    done();
  });
});

it('opens again after an error, from the last event that it handed on', () => {
  open({ paused: () => undefined });
  latest().say('hello', {});
  latest().say('paused', {}, '9');
  latest().dispatchEvent(new Event('error'));
  vi.advanceTimersByTime(100);
  return vi.waitFor(() => {
    expect(Source.opened).toHaveLength(2);
    expect(latest().url).toContain('after=9');
  });
});

it('opens again when nothing was heard for a long time', async () => {
  open();
  latest().say('hello', {});
  await vi.advanceTimersByTimeAsync(39_000);
  latest().say('ping', {});
  await vi.advanceTimersByTimeAsync(39_000);
  expect(Source.opened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(Source.opened).toHaveLength(2);
});

it('gives its connection back while the browser keeps the page for later, and opens again when the page is shown', async () => {
  const stream = open();
  latest().say('hello', {});
  turnPage('pagehide');
  expect(latest().readyState).toBe(Source.CLOSED);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(Source.opened).toHaveLength(1);
  turnPage('pageshow', false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Source.opened).toHaveLength(1);
  turnPage('pageshow');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Source.opened).toHaveLength(2);
  latest().say('hello', {});
  expect(stream.state()).toBe('live');
});
