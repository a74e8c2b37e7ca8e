import type { OutEvent } from '#api/stream/present.ts';

/**
 * One event in the wire form of Server-Sent Events.
 * @param id position of a stored event; null for what is not stored, so that a reconnect never asks for it
 * @source WHATWG HTML, section 9.2.5 "Parsing an event stream"
 */
export function frameOf(event: OutEvent, id: number | null): Buffer {
  // JSON has no line breaks outside of escapes, so one data line is enough
  return Buffer.from(`${id === null ? '' : `id: ${id}\n`}event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`);
}

/** How long a client waits before it connects again, ms. */
const RETRY_MS = 2000;

/** The first event of a connection; tells the client when to come back should it break. */
export function helloFrame(data: OutEvent['data']): Buffer {
  return Buffer.concat([Buffer.from(`retry: ${RETRY_MS}\n`), frameOf({ name: 'hello', data }, null)]);
}
