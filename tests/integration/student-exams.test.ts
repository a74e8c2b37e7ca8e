import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { addQuestions, windowIn } from '#tests/support/bank.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';

let api: TestApi;
let teacher: TestPerson;
let student: TestPerson;
let questionIds: string[];

beforeAll(async () => {
  api = await createTestApi();
  [teacher, student] = await Promise.all([api.person('teacher'), api.person('student')]);
  questionIds = await addQuestions(teacher, 2, { explanation: 'EXPLAINED-ONLY-LATER' });
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];
const ids = (reply: TestReply): string[] => reply.body.items.map((item: TestBody) => item.id);

async function draft(more: Record<string, unknown> = {}): Promise<TestBody> {
  const made = await teacher.post('/exams', { title: `Exam ${randomUUID()}`, durationMinutes: 60, sections: [{ title: 'All', items: [{ questionId: questionIds[0] }] }], window: windowIn(10, 90), ...more });
  if (made.status !== 201) throw new Error(`the exam was refused: ${JSON.stringify(made.body)}`);
  return made.body;
}

async function published(more: Record<string, unknown> = {}, students: readonly TestPerson[] = []): Promise<TestBody> {
  const exam = await draft(more);
  if (students.length > 0) await teacher.post(`/exams/${exam.id}/assignments`, { studentIds: students.map((person) => person.id) });
  const reply = await teacher.post(`/exams/${exam.id}/publish`);
  if (reply.status !== 200) throw new Error(`the publication was refused: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

describe('what a student sees of an exam', () => {
  const SECRETS = /"sections"|questionId|grace|"key":\{|EXPLAINED|accessCode"|argon2|ownerId|optionId/;

  it('is rules and own time, never sections, questions or grace', async () => {
    const person = await api.person('student');
    await api.pool.query('insert into user_accommodations (user_id, time_multiplier, extra_minutes) values ($1, 1.25, 5)', [person.id]);
    const exam = await published({ window: windowIn(-1, 90), durationMinutes: 50, attempts: 2, lateEntryMinutes: 30, accessCode: 'pin', instructions: 'No notes.', passPercent: 50, results: { items: true } }, [person]);
    const seen = await person.get(`/exams/${exam.id}`);
    expect(seen.body).toEqual({
      id: exam.id, title: exam.title, description: '', instructions: 'No notes.', itemCount: 1, passPercent: 50, durationMinutes: 50, window: exam.window, state: 'open', canStart: true,
      cancelledAt: null, moved: null,
      rules: {
        attempts: 2, attemptsLeft: 2, navigation: 'free', display: 'one', lateEntryMinutes: 30, endRule: 'window', hasAccessCode: true, proctoring: 'none',
        warnMinutes: [10, 5, 1], resultsShown: { score: true, items: true, key: false, feedback: false }, ownMinutes: 67.5,
        addedMinutes: 0, latestEndAt: new Date(Date.parse(exam.window.closesAt) + 17.5 * 60_000).toISOString(),
      },
    });
    const list = await person.get('/exams');
    const { moved: _moved, ...listed } = seen.body;
    expect(list.body.items).toEqual([listed]);
    expect(JSON.stringify(seen.body)).not.toMatch(SECRETS);

    const started = await person.post(`/exams/${exam.id}/sessions`, { accessCode: 'pin' });
    expect(started.status).toBe(201);
    const sitting = (await person.get(`/exams/${exam.id}`)).body;
    expect(sitting).toMatchObject({ canStart: true, rules: { attemptsLeft: 1 }, session: { id: started.body.session.id, state: 'active', attempt: 1, deadlineAt: started.body.session.deadlineAt } });
    await person.post(`/sessions/${started.body.session.id}/submit`, {});
    expect((await person.get(`/exams/${exam.id}`)).body).toMatchObject({ canStart: true, session: { state: 'submitted' } });
  });

  it.each([
    ['the whole exam, early', { all: true }, 50], ['the whole exam, late', { all: true }, 20], ['one student, late', undefined, 20],
  ] as const)('tells who has not started what a change of time for %s gives, as the start does', async (_name, scope, closesInMinutes) => {
    const person = await api.person('student');
    const exam = await published({ window: windowIn(-1, closesInMinutes), durationMinutes: 50, endRule: 'window' }, [person]);
    await teacher.post(`/exams/${exam.id}/time-changes`, { kind: 'extend', seconds: 600, scope: scope ?? { studentIds: [person.id] }, reason: 'Bell' });
    const { rules } = (await person.get(`/exams/${exam.id}`)).body;
    expect(rules).toMatchObject({ ownMinutes: 50, addedMinutes: 10 });
    const { session } = (await person.post(`/exams/${exam.id}/sessions`, {})).body;
    const startedAtMs = Date.parse(session.startedAt);
    expect(Date.parse(session.deadlineAt)).toBe(Math.min(startedAtMs + (rules.ownMinutes + rules.addedMinutes) * 60_000, Date.parse(rules.latestEndAt)));
  });

  it('tells a move of the window to who comes later, with the reason', async () => {
    const exam = await published({}, [student]);
    await teacher.put(`/exams/${exam.id}/window`, { ...windowIn(25, 105), reason: 'The room is locked' });
    const { moved } = (await student.get(`/exams/${exam.id}`)).body;
    expect(moved).toEqual({ at: expect.any(String), opensAtBefore: exam.window.opensAt, closesAtBefore: exam.window.closesAt, reason: 'The room is locked' });
    await teacher.post(`/exams/${exam.id}/time-changes`, { kind: 'cancel', scope: { all: true }, reason: 'Strike' });
    expect((await student.get(`/exams/${exam.id}`)).body).toMatchObject({ cancelledAt: expect.any(String), moved: { reason: 'The room is locked' } });
  });

  it.each<[string, string, string | null, Record<string, unknown>]>([
    ['before it opens', `opens_at = now() + interval '1 minute'`, 'exam-not-open', {}],
    ['after it closed', `opens_at = now() - interval '2 hours', closes_at = now() - interval '1 second'`, 'exam-closed', {}],
    ['when it is cancelled', 'cancelled_at = now()', 'exam-closed', {}],
    ['too late to enter', `opens_at = now() - interval '2 hours'`, 'late-entry-closed', { lateEntryMinutes: 10 }],
    ['in time', `opens_at = now() - interval '1 minute'`, null, { lateEntryMinutes: 10 }],
  ])('says why no start would work %s', async (_title, change, why, more) => {
    const exam = await published({ window: windowIn(-1, 90), ...more }, [student]);
    await api.pool.query(`update exams set ${change} where id = $1`, [exam.id]);
    const seen = (await student.get(`/exams/${exam.id}`)).body;
    expect([seen.canStart, seen.why ?? null]).toEqual([why === null, why]);
    const started = await student.post(`/exams/${exam.id}/sessions`, {});
    expect(started.body.code ?? null).toBe(why);
  });

  it('says when the attempts are used, and when staff closed the session', async () => {
    const exam = await published({ window: windowIn(-1, 90) }, [student]);
    const started = await student.post(`/exams/${exam.id}/sessions`, {});
    await student.post(`/sessions/${started.body.session.id}/submit`, {});
    expect((await student.get(`/exams/${exam.id}`)).body).toMatchObject({ canStart: false, why: 'attempts-used', rules: { attemptsLeft: 0 } });
    const ended = await published({ window: windowIn(-1, 90), attempts: 3 }, [student]);
    const { body } = await student.post(`/exams/${ended.id}/sessions`, {});
    await api.pool.query(`update exam_sessions set state = 'terminated', closed_at = now(), ended_at = now() where id = $1`, [body.session.id]);
    expect((await student.get(`/exams/${ended.id}`)).body).toMatchObject({ canStart: false, why: 'session-closed' });
  });

  it('is nothing of drafts and of exams of others', async () => {
    const person = await api.person('student');
    const hidden = await draft();
    await teacher.post(`/exams/${hidden.id}/assignments`, { studentIds: [person.id] });
    const foreign = await published();
    for (const id of [hidden.id, foreign.id, randomUUID()]) expect(code(await person.get(`/exams/${id}`))).toEqual([404, 'not-found']);
    expect((await person.get('/exams')).body.items).toEqual([]);
  });

  it('is the same for a proctor who sits the exam, and listed on request for staff', async () => {
    const both = await api.person('proctor', 'student');
    const exam = await published({ window: windowIn(-1, 90) }, [both]);
    expect(JSON.stringify((await both.get(`/exams/${exam.id}`)).body)).not.toMatch(SECRETS);
    expect(ids(await both.get('/exams?limit=200'))).not.toContain(exam.id);
    const own = await both.get('/exams?assigned=true');
    expect(ids(own)).toEqual([exam.id]);
    expect(JSON.stringify(own.body.items[0])).not.toMatch(SECRETS);
    expect(code(await both.get(`/exams/${exam.id}/assignments`))).toEqual([404, 'not-found']);
  });

  it('pages and filters its list', async () => {
    const person = await api.person('student');
    const made = [await published({ window: windowIn(-1, 90) }, [person]), await published({ window: windowIn(5, 90) }, [person]), await published({ window: windowIn(9, 90) }, [person])];
    const first = await person.get('/exams?limit=2&sort=opensAt');
    const second = await person.get(`/exams?limit=2&sort=opensAt&cursor=${first.body.nextCursor}`);
    expect([...ids(first), ...ids(second)]).toEqual(made.map((exam) => exam.id));
    expect(ids(await person.get('/exams?state=open'))).toEqual([made[0]!.id]);
    expect(ids(await person.get(`/exams?q=${made[1]!.title.slice(-12)}`))).toEqual([made[1]!.id]);
  });
});
