import { connect, type Socket } from 'node:net';

/** A reply: status, headers as one text, body as text. */
export interface RawReply {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** The connection ended before the reply did, or could not be opened: whether the request took effect is unknown. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

interface Waiting {
  resolve(reply: RawReply): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * One keep-alive connection that sends one request at a time. Made small on purpose: the load generator shares the
 * processor with what it measures.
 */
export class RawClient {
  readonly #host: string;
  readonly #port: number;
  #auth = '';
  #socket: Socket | undefined;
  #buffer = '';
  #waiting: Waiting | undefined;

  /**
   * @param url of the server, `http://127.0.0.1:8080`
   * @param token access token, if any
   */
  constructor(url: string, token?: string) {
    const parsed = new URL(url);
    this.#host = parsed.hostname;
    this.#port = Number(parsed.port);
    if (token !== undefined) this.useToken(token);
  }

  /** Sends this access token from now on. */
  useToken(token: string): void {
    this.#auth = `Authorization: Bearer ${token}\r\n`;
  }

  /**
   * Sends one request and waits for its reply.
   * @param timeoutMs after which the connection is given up
   * @throws ConnectionLostError
   */
  request(method: string, path: string, body?: string, headers = '', timeoutMs = 10_000): Promise<RawReply> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(new ConnectionLostError(`no reply within ${timeoutMs} ms`)), timeoutMs);
      this.#waiting = { resolve, reject, timer };
      const length = body === undefined ? 0 : Buffer.byteLength(body);
      const content = body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${length}\r\n`;
      const text = `${method} ${path} HTTP/1.1\r\nHost: ${this.#host}:${this.#port}\r\n${this.#auth}${headers}${content}\r\n${body ?? ''}`;
      this.#open().write(text);
    });
  }

  /** Sends JSON and parses JSON. */
  async json<T = Record<string, unknown>>(method: string, path: string, body?: unknown, headers = ''): Promise<{ status: number; body: T }> {
    const reply = await this.request(method, path, body === undefined ? undefined : JSON.stringify(body), headers, 30_000);
    return { status: reply.status, body: (reply.body === '' ? {} : JSON.parse(reply.body)) as T };
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Socket {
    if (this.#socket !== undefined && !this.#socket.destroyed) return this.#socket;
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    socket.setEncoding('latin1');
    this.#buffer = '';
    socket.on('data', (chunk) => this.#read(String(chunk)));
    socket.on('error', (error) => this.#lost(socket, error.message));
    socket.on('close', () => this.#lost(socket, 'closed'));
    this.#socket = socket;
    return socket;
  }

  #lost(socket: Socket, why: string): void {
    if (this.#socket === socket) this.#fail(new ConnectionLostError(why));
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#socket?.destroy();
    this.#socket = undefined;
    clearTimeout(waiting?.timer);
    waiting?.reject(error);
  }

  #read(chunk: string): void {
    this.#buffer = this.#buffer === '' ? chunk : this.#buffer + chunk;
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = lengthOf(this.#buffer, end);
    if (length === undefined || this.#buffer.length < end + 4 + length) return;
    const reply: RawReply = {
      status: Number(this.#buffer.slice(9, 12)),
      head: this.#buffer.slice(0, end),
      body: Buffer.from(this.#buffer.slice(end + 4, end + 4 + length), 'latin1').toString('utf8'),
    };
    this.#buffer = this.#buffer.slice(end + 4 + length);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.timer);
    if (/\r\nconnection: close/i.test(reply.head)) this.close();
    waiting?.resolve(reply);
  }
}

/** Length of the body; our server always tells it, but for replies that have none. */
function lengthOf(buffer: string, end: number): number | undefined {
  const at = buffer.slice(0, end).search(/\r\ncontent-length:/i);
  if (at < 0) return 0;
  return Number.parseInt(buffer.slice(at + 17, at + 40), 10);
}
