import { z } from 'zod';

import { can } from '#api/exams/policy.ts';
import { hasRole } from '#api/http/actor.ts';
import { presentPage, readPosition } from '#api/http/keyset.ts';
import { authorize, defineRoute, reply, type Route } from '#api/http/route.ts';
import { idSchema } from '#contracts/common.ts';
import { assignedSchema, assignmentChangeSchema, assignmentListQuery, assignmentPageSchema, unassignedSchema } from '#contracts/exams.ts';
import { type Assignment, assignStudents, countAssignments, listAssignments, removeAssignments, selectAssignmentFigures } from '#db/exams/assignments.ts';
import { isAssigned, selectExam } from '#db/exams/exams.ts';
import { lockExam } from '#db/schedule/lock.ts';
import { Refusal } from '#domain/problem.ts';
import { entitledMs } from '#domain/session/timing.ts';

const params = z.strictObject({ examId: idSchema });
const STAFF = ['teacher', 'admin'] as const;

/** Who sits an exam. */
export const assignmentRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/exams/{examId}/assignments', tag: 'exams', summary: 'List the assigned students by name',
    access: ['teacher', 'proctor', 'admin'],
    params,
    query: assignmentListQuery,
    replies: { 200: assignmentPageSchema },
    async handle({ actor, params: { examId }, query, db }) {
      const exam = await selectExam(db, examId);
      const assigned = hasRole(actor, 'student') && (await isAssigned(db, examId, actor.id));
      authorize(can(actor, 'read-assignments', { ...exam, assigned }));
      const page = await listAssignments(db, examId, query, readPosition(query.cursor, 'text'), query.limit);
      const present = (assignment: Assignment): Record<string, unknown> => presentAssignment(assignment, exam.durationMinutes);
      const narrowed = query.cursor !== undefined || query.q !== undefined || query.batchId !== undefined || query.started !== undefined;
      const list = presentPage(page, present, narrowed ? undefined : await countAssignments(db, examId));
      if (query.cursor !== undefined) return reply(200, list);
      const { batches, withExtraTime } = await selectAssignmentFigures(db, examId);
      return reply(200, { ...list, batches: batches.map(({ batchId, name, count }) => ({ batchId, name, count })), withExtraTime });
    },
  }),
  defineRoute({
    method: 'post', path: '/exams/{examId}/assignments', tag: 'exams', summary: 'Assign students and batches',
    description: 'All or nobody; who is assigned already stays so. Works after the publication, too.',
    access: STAFF,
    params,
    key: 'optional',
    body: assignmentChangeSchema,
    replies: { 200: assignedSchema },
    async handle({ actor, params: { examId }, body, tx, origin }) {
      const exam = await selectExam(tx, examId);
      authorize(can(actor, 'assign', exam));
      if (exam.lifecycle === 'archived') throw new Refusal('state-conflict', 'Nobody can be assigned to an archived exam.');
      return reply(200, await assignStudents(tx, examId, { studentIds: body.studentIds ?? [], batchIds: body.batchIds ?? [] }, origin));
    },
  }),
  defineRoute({
    method: 'post', path: '/exams/{examId}/assignments/remove', tag: 'exams', summary: 'Take assignments back',
    description: 'All or nobody: whoever has a session in the exam stays assigned, and the refusal names them.',
    access: STAFF,
    params,
    key: 'optional',
    body: assignmentChangeSchema,
    replies: { 200: unassignedSchema },
    async handle({ actor, params: { examId }, body, tx, origin }) {
      // first in the lock order: a start that ran at the same time is over, or finds the assignment gone
      await lockExam(tx, examId, 'exclusive');
      authorize(can(actor, 'assign', await selectExam(tx, examId)));
      return reply(200, await removeAssignments(tx, examId, { studentIds: body.studentIds ?? [], batchIds: body.batchIds ?? [] }, origin));
    },
  }),
];

function presentAssignment(assignment: Assignment, durationMinutes: number): Record<string, unknown> {
  const { timeMultiplier, extraMinutes } = assignment;
  return {
    studentId: assignment.studentId,
    name: assignment.name,
    externalId: assignment.externalId,
    batchId: assignment.batchId,
    assignedAt: new Date(assignment.assignedAtMs).toISOString(),
    sessionState: assignment.sessionState,
    batchName: assignment.batchName,
    timeMultiplier,
    extraMinutes,
    ownMinutes: entitledMs({ durationMinutes, timeMultiplier, extraMinutes }) / 60_000,
  };
}
