import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { createSessionFacts, type SessionFacts } from '#api/answers/facts.ts';
import { isUuid, readBatch, readSave, type AskedSave } from '#api/answers/input.ts';
import type { Deps } from '#api/deps.ts';
import { hasRole, type Actor } from '#api/http/actor.ts';
import { refuseCrossSite, tokenOf } from '#api/http/authenticate.ts';
import { readJson } from '#api/http/body.ts';
import { invalid, problemOf, refusalOf } from '#api/http/problem.ts';
import { API_BASE } from '#api/http/router.ts';
import { lockedItems } from '#api/sessions/forward.ts';
import { ANSWER_BATCH_LIMIT_BYTES, RESPONSE_LIMIT_BYTES } from '#contracts/answers.ts';
import type { AnswerInput, AnswerVerdict } from '#db/session/answers.ts';
import { keepRefused } from '#db/session/refused.ts';
import { Refusal, type FieldError, type ProblemCode } from '#domain/problem.ts';
import { checkResponse } from '#domain/questions/check-response.ts';

const PREFIX = `${API_BASE}/sessions/`;
const SAVE_ROUTE = 'PUT /sessions/{sessionId}/answers/{itemId}';
const BATCH_ROUTE = 'POST /sessions/{sessionId}/answers';
const SAVE_BODY_LIMIT = RESPONSE_LIMIT_BYTES + 4096;
const NOTHING: ReadonlySet<string> = new Set();
const LOCKED = 'This exam goes forwards only: the question was left, or is not reached yet. This text was kept apart.';
const WHOLE_SESSION: ReadonlySet<ProblemCode> = new Set(['session-closed', 'session-paused', 'deadline-passed', 'not-found']);

/**
 * The answer path: `PUT /sessions/{id}/answers/{itemId}` and `POST /sessions/{id}/answers`, served on the plain request
 * before the framework. A save is acknowledged only after its commit.
 */
export function createAnswerPath(deps: Deps) {
  const facts = createSessionFacts(deps.db, deps.contents);

  /** Serves the request when it is a save, and names its route; undefined leaves it to the framework. */
  function serve(request: IncomingMessage, response: ServerResponse): string | undefined {
    const target = targetOf(request);
    if (target === null) return undefined;
    const requestId = randomUUID();
    answer(request, target).then(
      (reply) => send(deps, response, requestId, 200, 'application/json; charset=utf-8', reply.body, reply.headers),
      (error: unknown) => sendProblem(deps, request, response, requestId, error),
    );
    return target.itemId === null ? BATCH_ROUTE : SAVE_ROUTE;
  }

  async function answer(request: IncomingMessage, target: Target): Promise<{ body: string; headers: Readonly<Record<string, string>> }> {
    const actor = await actorOf(request);
    const headers = await deps.limits.take('sitting', actor.id, '');
    const session = isUuid(target.sessionId) ? await facts.of(target.sessionId.toLowerCase()) : null;
    if (session === null || session.studentId !== actor.id) throw new Refusal('not-found', 'There is no such session of yours.');
    const body = target.itemId === null ? await saveBatch(request, session) : await saveOne(request, session, target.itemId.toLowerCase());
    return { body, headers };
  }

  async function actorOf(request: IncomingMessage): Promise<Actor> {
    const token = tokenOf(request.headers.authorization ?? '', request.headers.cookie ?? '');
    const actor = token === undefined ? null : (deps.tokens.verifyCached(token.value) ?? (await deps.tokens.verify(token.value)));
    if (actor === null) throw new Refusal('unauthenticated', 'Log in, or send a valid access token.');
    if (token!.fromCookie) refuseCrossSite(request.method ?? '', String(request.headers['x-requested-by'] ?? ''));
    if (!hasRole(actor, 'student')) throw new Refusal('forbidden', 'Only the student of a session can answer.');
    return actor;
  }

  async function saveOne(request: IncomingMessage, session: SessionFacts, itemId: string): Promise<string> {
    const read = readSave(await readJson(request, SAVE_BODY_LIMIT), itemId);
    if (!read.ok) throw refusalOfBody(read);
    const { save, clientId } = read.value;
    const item = session.items.get(itemId);
    if (item === undefined) throw new Refusal('not-found', 'There is no such question in this session.');
    const checked = checkResponse(item, save.response);
    if (!checked.ok) throw invalid(below('/response', checked.errors));
    const input = inputOf(session, save, clientId);
    if ((await keepLocked(session, [input])).has(itemId)) throw new Refusal('item-locked', LOCKED);
    const verdict = await deps.lane.save(input);
    if (!verdict.ok) throw refusalOfVerdict(verdict);
    noteAnswered(session, save);
    return `{"itemId":"${itemId}","revision":${verdict.revision},"savedAt":"${iso(verdict.savedAtMs)}",${tail(verdict, deps.clock.nowMs())}`;
  }

  async function saveBatch(request: IncomingMessage, session: SessionFacts): Promise<string> {
    const read = readBatch(await readJson(request, ANSWER_BATCH_LIMIT_BYTES));
    if (!read.ok) throw refusalOfBody(read);
    const { saves, clientId } = read.value;
    checkAll(session, saves);
    const inputs = saves.map((save) => inputOf(session, save, clientId));
    const locked = await keepLocked(session, inputs);
    const verdicts = await deps.lane.saveMany(session.sessionId, inputs.filter((input) => !locked.has(input.itemId)));
    refuseWholeSession(verdicts);
    const byItem = new Map(verdicts.map((verdict) => [verdict.itemId, verdict]));
    const accepted = verdicts.find((verdict) => verdict.ok);
    const results = saves.map((save) => {
      const verdict = byItem.get(save.itemId);
      if (verdict === undefined) return { itemId: save.itemId, ok: false, code: 'item-locked' };
      if (!verdict.ok) return { itemId: save.itemId, ok: false, code: verdict.code, ...currentOf(verdict) };
      noteAnswered(session, save);
      return { itemId: save.itemId, ok: true, revision: verdict.revision, savedAt: iso(verdict.savedAtMs) };
    });
    const times = accepted ?? (await timesOf(session.sessionId));
    return `{"results":${JSON.stringify(results)},${tail(times, deps.clock.nowMs())}`;
  }

  /** Keeps apart what forward navigation refuses. @returns the items that are locked */
  async function keepLocked(session: SessionFacts, inputs: readonly AnswerInput[]): Promise<ReadonlySet<string>> {
    if (!session.forwardOnly) return NOTHING;
    const locked = await lockedItems(deps.db, session, inputs.map((input) => input.itemId));
    await keepRefused(deps.db, inputs.filter((input) => locked.has(input.itemId)), 'item-locked');
    return locked;
  }

  /** Where no answer of a batch was accepted, the reply still tells the deadline. */
  async function timesOf(sessionId: string): Promise<{ deadlineAtMs: number; sessionVersion: number }> {
    const { rows } = await deps.db.query<{ deadline_at: Date; version: number }>('select deadline_at, version from exam_sessions where id = $1', [sessionId]);
    return { deadlineAtMs: rows[0]!.deadline_at.getTime(), sessionVersion: rows[0]!.version };
  }

  function noteAnswered(session: SessionFacts, save: AskedSave): void {
    if (save.response === null) session.answered.delete(save.itemId);
    else session.answered.add(save.itemId);
    deps.streams.noteProgress(session.sessionId, session.examId, session.answered.size, session.items.size);
  }

  return { serve };
}

interface Target {
  readonly sessionId: string;
  readonly itemId: string | null;
}

function targetOf(request: IncomingMessage): Target | null {
  const url = request.url ?? '';
  if ((request.method !== 'PUT' && request.method !== 'POST') || !url.startsWith(PREFIX)) return null;
  const query = url.indexOf('?');
  const parts = (query < 0 ? url : url.slice(0, query)).slice(PREFIX.length).split('/');
  if (parts[1] !== 'answers') return null;
  if (request.method === 'POST') return parts.length === 2 ? { sessionId: parts[0]!, itemId: null } : null;
  return parts.length === 3 ? { sessionId: parts[0]!, itemId: parts[2]! } : null;
}

function inputOf(session: SessionFacts, save: AskedSave, clientId: string | null): AnswerInput {
  return {
    sessionId: session.sessionId, itemId: save.itemId, response: save.response, responseJson: save.json,
    clientId, clientSeq: save.clientSeq, baseRevision: save.baseRevision,
  };
}

function checkAll(session: SessionFacts, saves: readonly AskedSave[]): void {
  const errors = saves.flatMap((save, index) => {
    const item = session.items.get(save.itemId);
    if (item === undefined) return [{ pointer: `/answers/${index}/itemId`, message: 'is not a question of this session' }];
    const checked = checkResponse(item, save.response);
    return checked.ok ? [] : below(`/answers/${index}/response`, checked.errors);
  });
  if (errors.length > 0) throw invalid(errors);
}

function below(prefix: string, errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => ({ pointer: prefix + error.pointer, message: error.message }));
}

function refuseWholeSession(verdicts: readonly AnswerVerdict[]): void {
  const [first] = verdicts;
  if (first !== undefined && !first.ok && WHOLE_SESSION.has(first.code) && verdicts.every((verdict) => !verdict.ok && verdict.code === first.code)) {
    throw refusalOfVerdict(first);
  }
  if (first !== undefined && verdicts.every((verdict) => !verdict.ok && verdict.code === 'unavailable')) throw refusalOfVerdict(verdicts[0] as Refused);
}

type Refused = Extract<AnswerVerdict, { ok: false }>;

const WHY: Readonly<Partial<Record<ProblemCode, string>>> = {
  'session-closed': 'The session is closed; this text was kept apart and can be recovered.',
  'session-paused': 'The session is paused; this text was kept apart. Go on when it is resumed.',
  'deadline-passed': 'Time is over; this text was kept apart and can be recovered.',
  'stale-revision': 'Another window saved a newer answer; this text was kept apart. Choose which one counts.',
  'validation-failed': 'The same clientSeq was used with another response. Use a higher clientSeq for a new answer.',
  unavailable: 'The answer could not be stored yet. Send the same save again.',
};

function refusalOfVerdict(verdict: Refused): Refusal {
  const errors = verdict.code === 'validation-failed' ? [{ pointer: '/clientSeq', message: 'was used with another response' }] : undefined;
  const extra = { ...currentOf(verdict), ...(verdict.code === 'unavailable' ? { retryAfterSeconds: 1 } : {}) };
  return new Refusal(verdict.code, WHY[verdict.code] ?? 'There is no such session of yours.', { ...(errors === undefined ? {} : { errors }), extra });
}

function currentOf(verdict: Refused): { current?: { revision: number; response: unknown; savedAt: string } } {
  if (verdict.current === undefined) return {};
  return { current: { revision: verdict.current.revision, response: verdict.current.response, savedAt: iso(verdict.current.savedAtMs) } };
}

function refusalOfBody(read: { errors: readonly { pointer: string; message: string }[]; tooLarge?: boolean }): Refusal {
  if (read.tooLarge === true) return new Refusal('payload-too-large', 'One response may have at most 256 KiB.', { errors: read.errors });
  return invalid(read.errors);
}

function tail(times: { deadlineAtMs: number; sessionVersion: number }, nowMs: number): string {
  return `"deadlineAt":"${iso(times.deadlineAtMs)}","sessionVersion":${times.sessionVersion},"serverTime":"${iso(nowMs)}"}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function send(deps: Deps, response: ServerResponse, requestId: string, status: number, type: string, body: string, headers: Readonly<Record<string, string>>): void {
  response.writeHead(status, {
    ...headers,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': requestId,
    'X-Server-Time': iso(deps.clock.nowMs()),
  });
  response.end(body);
}

function sendProblem(deps: Deps, request: IncomingMessage, response: ServerResponse, requestId: string, error: unknown): void {
  let refusal = refusalOf(error);
  if (refusal === undefined) {
    deps.log.error({ err: error, requestId, method: request.method, path: request.url }, 'a save failed');
    refusal = new Refusal('internal', `Something broke on our side. Tell your administrator the number ${requestId}.`);
  }
  if (!request.complete) request.resume();
  const problem = problemOf(refusal, { path: (request.url ?? '').split('?')[0]!, requestId });
  send(deps, response, requestId, problem.status, 'application/problem+json; charset=utf-8', JSON.stringify(problem.body), problem.headers);
}
