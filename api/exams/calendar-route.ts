import { z } from 'zod';

import { viewOf } from '#api/exams/policy.ts';
import { hasRole } from '#api/http/actor.ts';
import { authorize, defineRoute, reply, type Route } from '#api/http/route.ts';
import { idSchema } from '#contracts/common.ts';
import { isAssigned, selectExam } from '#db/exams/exams.ts';
import { Refusal } from '#domain/problem.ts';
import { calendarFile } from '#domain/schedule/calendar.ts';

/** The window of an exam for the calendar of a person. */
export const examCalendarRoute: Route = defineRoute({
  method: 'get', path: '/exams/{examId}/calendar.ics', tag: 'exams', summary: 'Put an exam into a calendar',
  description: 'iCalendar (RFC 5545). SEQUENCE grows when the window moves, so loading the file again replaces the event. Without a window 409.',
  access: ['student', 'teacher', 'proctor', 'admin'],
  params: z.strictObject({ examId: idSchema }),
  replies: { 200: z.string() },
  mediaTypes: { 200: 'text/calendar' },
  async handle({ actor, params: { examId }, db, deps }) {
    const exam = await selectExam(db, examId);
    const assigned = hasRole(actor, 'student') && (await isAssigned(db, examId, actor.id));
    const view = viewOf(actor, { ...exam, assigned });
    authorize(view !== null);
    const { window } = exam;
    if (window === null) throw new Refusal('state-conflict', 'This exam has no window yet.');
    const file = calendarFile({
      uid: `exam-${exam.id}@holdfast`,
      sequence: exam.scheduleVersion,
      title: exam.title,
      description: exam.description,
      url: `${deps.config.publicUrl}/${view === 'student' ? '' : 'staff/'}exams/${exam.id}`,
      startsAtMs: window.opensAtMs,
      endsAtMs: window.closesAtMs,
      changedAtMs: exam.updatedAtMs,
      cancelled: exam.cancelledAtMs !== null,
    });
    return reply(200, file, {
      headers: { 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'attachment; filename="exam.ics"', 'Cache-Control': 'no-store' },
    });
  },
});
