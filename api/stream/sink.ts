import type { ServerResponse } from 'node:http';

/** Where the frames of one connection go. */
export interface StreamSink {
  /** Sends a frame; a reader that has fallen too far behind is dropped instead. */
  write(frame: Buffer): void;
  /** Resolves when the reader has taken most of what was sent; false when the connection is over. */
  drained(): Promise<boolean>;
  end(): void;
  readonly closed: boolean;
  onClose(listener: () => void): void;
}

/** Bytes that may wait for a slow reader. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** Bytes at which a replay goes on. */
const LOW_WATER_BYTES = 64 * 1024;

/**
 * Answers a request with an event stream: headers at once, no compression, no buffering on the way.
 * @param headers beside those that a stream needs
 */
export function openSink(response: ServerResponse, headers: Readonly<Record<string, string>>): StreamSink {
  response.writeHead(200, {
    ...headers,
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
    Connection: 'keep-alive',
  });
  response.flushHeaders();
  response.socket?.setNoDelay(true);
  let closed = false;
  const listeners = new Set<() => void>();
  response.once('close', () => {
    closed = true;
    listeners.forEach((listener) => listener());
  });
  // a reset connection is no fault of ours; close follows
  response.on('error', () => undefined);

  return {
    get closed() {
      return closed;
    },
    write(frame) {
      if (closed || response.writableEnded) return;
      response.write(frame);
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
    },
    drained() {
      if (closed) return Promise.resolve(false);
      if (response.writableLength <= LOW_WATER_BYTES) return Promise.resolve(true);
      return new Promise((resolve) => {
        const settle = (): void => {
          response.off('drain', settle);
          listeners.delete(settle);
          resolve(!closed);
        };
        response.once('drain', settle);
        listeners.add(settle);
      });
    },
    end: () => void response.end(),
    onClose: (listener) => void (closed ? listener() : listeners.add(listener)),
  };
}
