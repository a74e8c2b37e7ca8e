import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** Whom a message of an exam reaches. */
export type MessageScope = { readonly all: true } | { readonly batchIds: readonly string[] } | { readonly studentIds: readonly string[] };

/** What is sent. Students read the role of the sender, never the name. */
export interface NewMessage {
  /** The command that sends it is its id. */
  readonly id: string;
  readonly examId: string;
  readonly text: string;
  readonly fromRole: string;
  readonly origin: Origin;
}

/** A message that was sent. */
export interface SentMessage {
  readonly id: string;
  readonly examId: string;
  readonly sessionId: string | null;
  readonly text: string;
  readonly atMs: number;
  /** Open sessions that it was sent to. */
  readonly recipients: number;
}

/**
 * Sends a message to one open session: row, stream event, audit (without the text).
 * @throws session-closed
 */
export async function sendToSession(tx: Queryable, message: NewMessage, sessionId: string): Promise<SentMessage> {
  const { rowCount } = await tx.query("select from exam_sessions where id = $1 and state in ('active', 'paused')", [sessionId]);
  if (rowCount === 0) throw new Refusal('session-closed', 'The session is closed; nobody would read the message.');
  const atMs = await insertMessage(tx, message, sessionId, null);
  await insertStreamEvent(tx, { examId: message.examId, sessionId, kind: 'message', data: eventData(message) });
  await insertMessageAudit(tx, message, sessionId, { recipients: 1 });
  return { id: message.id, examId: message.examId, sessionId, text: message.text, atMs, recipients: 1 };
}

/** Sends a message to the open sessions in a scope; one for the whole exam is one event that everybody reads. */
export async function sendToExam(tx: Queryable, message: NewMessage, scope: MessageScope): Promise<SentMessage> {
  const atMs = await insertMessage(tx, message, null, scope);
  const recipients = 'all' in scope ? await sendToAll(tx, message) : await sendToSome(tx, message, scope);
  await insertMessageAudit(tx, message, null, { recipients, scope });
  return { id: message.id, examId: message.examId, sessionId: null, text: message.text, atMs, recipients };
}

async function sendToAll(tx: Queryable, message: NewMessage): Promise<number> {
  await insertStreamEvent(tx, { examId: message.examId, kind: 'message', data: eventData(message) });
  const { rows } = await tx.query<{ open: number }>(
    "select count(*) as open from exam_sessions where exam_id = $1 and state in ('active', 'paused')",
    [message.examId],
  );
  return rows[0]!.open;
}

async function sendToSome(tx: Queryable, message: NewMessage, scope: MessageScope): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into stream_events (exam_id, session_id, kind, data)
     select s.exam_id, s.id, 'message', $3 from exam_sessions s
      where s.exam_id = $1 and s.state in ('active', 'paused') and change_covers($2, s.exam_id, s.student_id) order by s.id`,
    [message.examId, JSON.stringify(scope), JSON.stringify(eventData(message))],
  );
  return rowCount ?? 0;
}

async function insertMessage(tx: Queryable, message: NewMessage, sessionId: string | null, scope: MessageScope | null): Promise<number> {
  const { rows } = await tx.query<{ at: Date }>(
    'insert into messages (id, exam_id, session_id, scope, from_id, text) values ($1, $2, $3, $4, $5, $6) returning at',
    [message.id, message.examId, sessionId, scope === null ? null : JSON.stringify(scope), message.origin.actorId, message.text],
  );
  return rows[0]!.at.getTime();
}

async function insertMessageAudit(tx: Queryable, message: NewMessage, sessionId: string | null, after: Record<string, unknown>): Promise<void> {
  await insertAudit(tx, message.origin, {
    action: sessionId === null ? 'exam.message' : 'session.message', resourceType: 'message', resourceId: message.id,
    examId: message.examId, sessionId, after,
  });
}

function eventData(message: NewMessage): Record<string, unknown> {
  return { id: message.id, text: message.text, from: message.fromRole };
}
