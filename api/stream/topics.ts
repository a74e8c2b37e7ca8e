import { hasRole, type Actor } from '#api/http/actor.ts';
import { authorize } from '#api/http/route.ts';
import { can } from '#api/monitor/policy.ts';
import type { ResolvedTopic } from '#api/stream/subscriber.ts';
import type { StreamTopic } from '#contracts/streams.ts';
import type { Queryable } from '#db/connection.ts';
import { selectExamSubject, selectSessionSubject } from '#db/monitor/subjects.ts';

/**
 * Finds out what a topic is to the actor: an own session, or one that staff watch; an exam for staff, or what everybody in
 * it hears for a student who is assigned.
 * @throws not-found for what the actor may not hear
 */
export async function resolveTopic(q: Queryable, actor: Actor, topic: StreamTopic): Promise<ResolvedTopic> {
  return topic.kind === 'session' ? resolveSession(q, actor, topic.id) : resolveExam(q, actor, topic.id);
}

async function resolveSession(q: Queryable, actor: Actor, sessionId: string): Promise<ResolvedTopic> {
  const session = await selectSessionSubject(q, sessionId, actor.id);
  const isOwn = hasRole(actor, 'student') && session.studentId === actor.id;
  authorize(isOwn || can(actor, 'monitor', session.exam));
  return { kind: 'session', examId: session.exam.id, sessionId, audience: isOwn ? 'student' : 'session-staff' };
}

async function resolveExam(q: Queryable, actor: Actor, examId: string): Promise<ResolvedTopic> {
  const exam = await selectExamSubject(q, examId, actor.id);
  if (can(actor, 'monitor', exam)) return { kind: 'exam', examId, sessionId: null, audience: 'exam-staff' };
  authorize(hasRole(actor, 'student') && exam.lifecycle !== 'draft' && exam.assigned);
  return { kind: 'exam', examId, sessionId: null, audience: 'student' };
}
