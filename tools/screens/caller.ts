import { randomUUID } from 'node:crypto';

/** A log-in. */
export interface LogIn {
  readonly email: string;
  readonly password: string;
}

/** Somebody who asks the API. */
export interface Caller {
  /** Calls `/api/v1` + path. @param version goes into If-Match @throws Error unless the reply is 2xx */
  call<Reply>(method: string, path: string, body?: object, version?: number): Promise<Reply>;
}

/** Logs in over HTTP. */
export async function logIn(url: string, { email, password }: LogIn): Promise<Caller> {
  const { accessToken } = await send<{ accessToken: string }>(url, 'POST', '/auth/login', { email, password });
  return { call: (method, path, body, version) => send(url, method, path, body, { Authorization: `Bearer ${accessToken}`, ...(version === undefined ? {} : { 'If-Match': `"${version}"` }) }) };
}

async function send<Reply>(url: string, method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return (text === '' ? undefined : JSON.parse(text)) as Reply;
}
