import { randomUUID } from 'node:crypto';

import { checkReply } from '#tests/support/contract.ts';

/** A reply as tests look at it; `body` is parsed JSON, or text for other media types. */
export interface TestReply {
  readonly status: number;
  readonly headers: Headers;
  // replies are checked against the contract; tests read members of many shapes
  readonly body: TestBody;
}

/** Parsed JSON of many shapes; the contract has checked it. */
export type TestBody = ReturnType<typeof JSON.parse>;

/** What a call may change about the request. */
export interface CallOptions {
  readonly headers?: Record<string, string>;
  /** Idempotency-Key of a POST: fresh when absent, none when null. */
  readonly key?: string | null;
  /** Version for If-Match. */
  readonly ifMatch?: number;
}

/** Calls the API as one person, or as nobody. */
export interface Caller {
  get(path: string, options?: CallOptions): Promise<TestReply>;
  post(path: string, body?: unknown, options?: CallOptions): Promise<TestReply>;
  put(path: string, body?: unknown, options?: CallOptions): Promise<TestReply>;
  patch(path: string, body?: unknown, options?: CallOptions): Promise<TestReply>;
  delete(path: string, options?: CallOptions): Promise<TestReply>;
}

/** Makes a caller; each reply is checked against the OpenAPI description. */
export function createCaller(url: string, token: string | undefined): Caller {
  async function call(method: string, path: string, body: unknown, options: CallOptions = {}): Promise<TestReply> {
    const headers: Record<string, string> = { ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (method === 'POST' && options.key !== null) headers['Idempotency-Key'] = options.key ?? randomUUID();
    if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`;
    const response = await fetch(path.startsWith('http') ? path : `${url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...options.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    const reply = { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as TestBody };
    checkReply(method, path, reply);
    return reply;
  }
  return {
    get: (path, options) => call('GET', path, undefined, options),
    post: (path, body, options) => call('POST', path, body, options),
    put: (path, body, options) => call('PUT', path, body, options),
    patch: (path, body, options) => call('PATCH', path, body, options),
    delete: (path, options) => call('DELETE', path, undefined, options),
  };
}
