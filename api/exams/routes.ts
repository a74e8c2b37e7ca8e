import { z } from 'zod';

import { applyChange, EXAM_DEFAULTS, readChange } from '#api/exams/change.ts';
import { momentOf } from '#api/exams/entry.ts';
import { can, sightOf, viewOf } from '#api/exams/policy.ts';
import { presentExam, presentStudentExam } from '#api/exams/present.ts';
import { hasRole } from '#api/http/actor.ts';
import { presentPage, readPage } from '#api/http/keyset.ts';
import { authorize, defineRoute, demandVersion, reply, type Route } from '#api/http/route.ts';
import { ownerSeen } from '#api/questions/policy.ts';
import { idSchema } from '#contracts/common.ts';
import { anyExamSchema, examCreateSchema, examListQuery, examPageSchema, examPatchSchema, examSchema, examUpsertSchema } from '#contracts/exams.ts';
import { externalIdSchema } from '#contracts/people.ts';
import {
  archiveExam, countExams, deleteExam, EXAM_SORTS, insertExam, isAssigned, listExams, lockExamRow, selectExam, selectOptionalExamByExternalId, type StaffExam,
} from '#db/exams/exams.ts';
import { listStudentExams, selectOptionalMove, selectStudentExam } from '#db/exams/student-exams.ts';
import { examStateAt } from '#domain/exams/exam-state.ts';
import { Refusal } from '#domain/problem.ts';

const params = z.strictObject({ examId: idSchema });
const STAFF = ['teacher', 'admin'] as const;
const EVERYBODY = ['student', 'teacher', 'proctor', 'admin'] as const;

/** Definitions of exams. */
export const examRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/exams', tag: 'exams', summary: 'List exams',
    description: 'Staff: their own exams, for proctors every published one, for admins all. Students: the published exams that they are assigned to, '
      + 'in the shape for students. Persons who are both ask for the latter with `assigned=true`.',
    access: EVERYBODY,
    query: examListQuery,
    replies: { 200: examPageSchema },
    async handle({ actor, query, db, deps }) {
      const page = readPage(query, EXAM_SORTS);
      const filter = { q: query.q, state: query.state, changedSinceMs: query.changedSince, ownerId: query.ownerId };
      const nowMs = deps.clock.nowMs();
      if (query.assigned === true || !hasRole(actor, 'teacher', 'proctor', 'admin')) {
        return reply(200, presentPage(await listStudentExams(db, actor.id, filter, page), (exam) => presentStudentExam(exam, nowMs)));
      }
      const list = presentPage(await listExams(db, sightOf(actor), actor.id, filter, page), (exam) => presentExam(exam, nowMs));
      if (query.cursor !== undefined) return reply(200, list);
      const { draft, published, open, closed, archived } = await countExams(db, sightOf(actor), actor.id, filter);
      const states = { draft, published, open, closed, archived };
      const total = query.state === undefined ? draft + published + open + closed + archived : states[query.state];
      return reply(200, { ...list, total, states });
    },
  }),
  defineRoute({
    method: 'post', path: '/exams', tag: 'exams', summary: 'Create a draft',
    description: 'The access code is stored hashed and never read back. `window` can be given at once.',
    access: STAFF,
    key: 'optional',
    body: examCreateSchema,
    replies: { 201: examSchema },
    async handle({ actor, body, tx, origin, deps }) {
      const { title, durationMinutes } = body;
      const { fields, notes } = await readChange(tx, body, null, ownerSeen(actor));
      const exam = await insertExam(tx, actor.id, { ...EXAM_DEFAULTS, title, durationMinutes, ...fields }, origin);
      return reply(201, presentExam(exam, deps.clock.nowMs(), notes), { etag: exam.version, location: `/api/v1/exams/${exam.id}` });
    },
  }),
  defineRoute({
    method: 'put', path: '/exams/by-external-id/{externalId}', tag: 'exams', summary: 'Create or change the exam with an id of another system',
    description: 'Fields that are not given stay. The same request twice changes nothing.',
    access: STAFF,
    ifMatch: 'optional',
    params: z.strictObject({ externalId: externalIdSchema }),
    body: examUpsertSchema,
    replies: { 200: examSchema, 201: examSchema },
    async handle({ actor, params: { externalId }, body, ifMatch, tx, origin, deps }) {
      const given = { ...body, externalId };
      const found = await selectOptionalExamByExternalId(tx, externalId);
      const before = found === undefined ? null : await lockExamRow(tx, found.id);
      if (before !== null) authorize(can(actor, 'change', before));
      const { fields, notes } = await readChange(tx, given, before, ownerSeen(actor));
      if (before === null) {
        const exam = await insertExam(tx, actor.id, { ...EXAM_DEFAULTS, title: body.title, durationMinutes: body.durationMinutes, ...fields }, origin);
        return reply(201, presentExam(exam, deps.clock.nowMs(), notes), { etag: exam.version, location: `/api/v1/exams/${exam.id}` });
      }
      demandVersion(ifMatch, before.version);
      const exam = await applyChange(tx, before, { fields, notes }, origin);
      return reply(200, presentExam(exam, deps.clock.nowMs(), notes), { etag: exam.version });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}', tag: 'exams', summary: 'Read an exam',
    description: 'A student gets the shape for students: rules, own time, and whether a start would work now.',
    access: EVERYBODY,
    params,
    replies: { 200: anyExamSchema },
    async handle({ actor, params: { examId }, db, deps }) {
      const exam = await selectExam(db, examId);
      const assigned = hasRole(actor, 'student') && (await isAssigned(db, examId, actor.id));
      const view = viewOf(actor, { ...exam, assigned });
      authorize(view !== null);
      const nowMs = deps.clock.nowMs();
      if (view === 'student') {
        const moved = await selectOptionalMove(db, exam);
        return reply(200, presentStudentExam(await selectStudentExam(db, actor.id, examId), nowMs, moved ?? null), { etag: exam.version });
      }
      return reply(200, presentExam(exam, nowMs), { etag: exam.version });
    },
  }),
  defineRoute({
    method: 'patch', path: '/exams/{examId}', tag: 'exams', summary: 'Change a draft, or what stays open after the publication',
    description: 'After the publication: results settings, warnings, and `state: "archived"` once it is closed. Time has commands of its own.',
    access: STAFF,
    params,
    ifMatch: 'required',
    body: examPatchSchema,
    replies: { 200: examSchema },
    async handle({ actor, params: { examId }, body, ifMatch, tx, origin, deps, afterCommit }) {
      const before = await lockExamRow(tx, examId);
      authorize(can(actor, 'change', before));
      demandVersion(ifMatch, before.version);
      const change = await readChange(tx, body, before, ownerSeen(actor));
      let exam = await applyChange(tx, before, change, origin);
      if (body.state === 'archived') exam = await archive(exam);
      if (exam.scheduleVersion !== before.scheduleVersion) afterCommit(() => deps.workflows.tell('window', exam.id, exam.scheduleVersion));
      return reply(200, presentExam(exam, deps.clock.nowMs(), change.notes), { etag: exam.version });

      function archive(closed: StaffExam): Promise<StaffExam> {
        const state = examStateAt(momentOf(closed), deps.clock.nowMs());
        if (state !== 'closed') throw new Refusal('state-conflict', `Only a closed exam can be archived; this one is ${state}.`);
        return archiveExam(tx, closed, origin);
      }
    },
  }),
  defineRoute({
    method: 'delete', path: '/exams/{examId}', tag: 'exams', summary: 'Delete a draft',
    description: 'A published exam is never deleted; it is archived once it is closed.',
    access: STAFF,
    params,
    ifMatch: 'optional',
    replies: { 204: null },
    async handle({ actor, params: { examId }, ifMatch, tx, origin }) {
      const exam = await lockExamRow(tx, examId);
      authorize(can(actor, 'delete', exam));
      demandVersion(ifMatch, exam.version);
      if (exam.lifecycle !== 'draft') throw new Refusal('state-conflict', 'Only a draft can be deleted. Archive the exam once it is closed.');
      await deleteExam(tx, exam, origin);
      return reply(204);
    },
  }),
];
