import { get, type ClientRequest } from 'node:http';

/** One event of a stream. */
export interface StreamMessage {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
  /** When it was read, ms of `performance.now()`. */
  readonly readAtMs: number;
}

/** Follows a stream; reconnects with the last id until it is closed. */
export function followStream(url: string, token: () => string, onMessage: (message: StreamMessage) => void): { opened: Promise<void>; close(): void } {
  let request: ClientRequest | undefined;
  let closed = false;
  let lastId: string | undefined;
  let tellOpened: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (tellOpened = resolve));

  function open(): void {
    if (closed) return;
    const headers: Record<string, string> = { Authorization: `Bearer ${token()}`, Accept: 'text/event-stream' };
    if (lastId !== undefined) headers['Last-Event-ID'] = lastId;
    request = get(url, { headers, agent: false }, (response) => {
      let buffer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        buffer += chunk;
        for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
          read(buffer.slice(0, end));
          buffer = buffer.slice(end + 2);
        }
      });
      response.on('end', again);
      response.on('error', again);
    });
    request.on('error', again);
  }

  function read(block: string): void {
    const fields = new Map(block.split('\n').filter((line) => line.includes(':')).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]));
    const event = fields.get('event');
    if (event === undefined) return;
    lastId = fields.get('id') ?? lastId;
    if (event === 'hello') tellOpened();
    onMessage({ id: fields.get('id'), event, data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>, readAtMs: performance.now() });
  }

  function again(): void {
    if (closed) return;
    request?.destroy();
    request = undefined;
    setTimeout(open, 500).unref();
  }

  open();
  return {
    opened,
    close() {
      closed = true;
      request?.destroy();
    },
  };
}
