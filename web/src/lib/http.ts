import { noteServerTime } from './server-clock.ts';
import { ApiProblem, Offline, type ProblemBody } from './problem.ts';

/** Path prefix of the API. */
export const API = '/api/v1';

/** What goes with a request. */
export interface RequestOptions {
  /** Members that are undefined, null or '' are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** JSON, or a form with files. */
  readonly body?: unknown;
  /** Version that the change was made on. */
  readonly ifMatch?: number | string;
  /** Idempotency key: one for each intent of a person, the same for every retry of it. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Lets the request outlive the page; its body may then have at most 64 KiB. */
  readonly keepalive?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A key for one intent of a person. */
export function commandKey(): string {
  return crypto.randomUUID();
}

/**
 * Asks the API.
 * @throws ApiProblem for a refusal, Offline when nobody answered
 */
export async function request<Reply>(method: Method, path: string, options: RequestOptions = {}): Promise<Reply> {
  return (await requestWithEtag<Reply>(method, path, options)).body;
}

/** The same with the version of the thing, for a later `ifMatch`. */
export async function requestWithEtag<Reply>(method: Method, path: string, options: RequestOptions = {}): Promise<{ body: Reply; etag: string | null }> {
  let response = await send(method, path, options);
  if (response.status === 401 && !path.startsWith('/auth/log') && (await refreshLogin())) response = await send(method, path, options);
  const body = await readBody(response);
  if (response.status === 401 && !path.startsWith('/auth/')) loggedOut();
  if (!response.ok) throw problemOf(response, body);
  return { body: body as Reply, etag: response.headers.get('ETag') };
}

let loggedOut: () => void = () => undefined;

/** Says what happens when the log-in has ended and can not be renewed. */
export function whenLoggedOut(work: () => void): void {
  loggedOut = work;
}

async function send(method: Method, path: string, { query, body, ifMatch, key, signal, keepalive }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Requested-By': 'holdfast' };
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json';
  if (ifMatch !== undefined) headers['If-Match'] = typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch;
  if (key !== undefined) headers['Idempotency-Key'] = key;
  const sentMs = performance.now();
  try {
    const response = await fetch(address(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      ...(keepalive === undefined ? {} : { keepalive }),
    });
    noteServerTime(response.headers.get('X-Server-Time'), sentMs, performance.now());
    return response;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Offline('The server does not answer.', { cause: error });
  }
}

/** Address of a path of the API. */
export function address(path: string, query: RequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `${API}${path}${text === '' ? '' : `?${text}`}`;
}

let refreshing: Promise<boolean> | undefined;

/** Exchanges the refresh cookie once, however many requests were refused. @returns whether there is a log-in again */
export function refreshLogin(): Promise<boolean> {
  refreshing ??= send('POST', '/auth/refresh', { body: {} })
    .then((response) => response.ok)
    .finally(() => (refreshing = undefined));
  return refreshing;
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204 || response.status === 205) return undefined;
  const text = await response.text().catch((error: unknown) => {
    throw new Offline('The answer of the server was cut off.', { cause: error });
  });
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function problemOf(response: Response, body: unknown): Error {
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(retryAfter) ? retryAfter * 1_000 : undefined;
  if (typeof body === 'object' && body !== null && 'code' in body) return new ApiProblem(body as ProblemBody, retryAfterMs);
  // a proxy in between, or a server on its way down
  const code = response.status >= 500 ? 'unavailable' : 'internal';
  const requestId = response.headers.get('X-Request-Id') ?? '';
  return new ApiProblem({ code, status: response.status, title: 'Unexpected answer', detail: `The server answered ${response.status}.`, requestId }, retryAfterMs);
}
