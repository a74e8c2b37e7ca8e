import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { insertSatExam } from '#tests/support/course.ts';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

interface Course {
  readonly batchId: string;
  readonly teacher: TestPerson;
  readonly students: readonly TestPerson[];
}

const ON = { enabled: true, points: true, leaderboard: true, badges: ['perfect', 'clean'], timeZone: 'Europe/Berlin', termStartsOn: null };
const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

/** A class over the API, with everything switched on. */
async function openCourse(count: number, switches: object = {}): Promise<Course> {
  const [teacher, students] = await Promise.all([api.person('teacher'), api.students(count)]);
  const batchId = (await teacher.post('/batches', { name: `Class ${randomUUID()}` })).body.id as string;
  await teacher.put(`/batches/${batchId}/students`, { studentIds: students.map(({ id }) => id) });
  await teacher.put(`/batches/${batchId}/gamification`, { ...ON, ...switches }, { ifMatch: 0 });
  return { batchId, teacher, students };
}

/** An exam of the class that everybody sat, graded with these points of ten. */
async function sat({ batchId, students, teacher }: Course, points: readonly number[], published = true): Promise<{ examId: string; sessionIds: string[] }> {
  return insertSatExam(api.pool, { batchId, ownerId: teacher.id }, published ? new Date().toISOString() : null, points.map((each, index) => ({ studentId: students[index]!.id, points: each })));
}

const courseOf = async (student: TestPerson): Promise<TestBody> => (await student.get('/auth/me/achievements')).body.courses[0];
const boardOf = (student: TestPerson, { batchId }: Course, query = ''): Promise<TestReply> => student.get(`/auth/me/achievements/courses/${batchId}/leaderboard${query}`);
const earnedOf = async (student: TestPerson): Promise<string[]> => (await courseOf(student)).badges.filter((badge: TestBody) => badge.earnedAt !== null).map((badge: TestBody) => badge.badge);

describe('nothing before publication', () => {
  test('on any channel, and nothing after it is taken back', async () => {
    const course = await openCourse(2);
    const { teacher } = course;
    const [ada, ben] = course.students as [TestPerson, TestPerson];
    const { examId } = await sat(course, [10, 4], false);
    const empty = async (): Promise<void> => {
      expect(await courseOf(ada)).toMatchObject({ points: { total: 0, exams: 0 }, badges: [{ badge: 'perfect', earnedAt: null, progress: { value: 0 } }, { badge: 'clean', earnedAt: null }] });
      expect((await boardOf(ben, course)).body).toMatchObject({ items: [], me: null, size: 0 });
      expect((await teacher.get(`/batches/${course.batchId}/gamification/leaderboard`)).body).toMatchObject({ items: [], size: 0 });
      expect((await teacher.get(`/batches/${course.batchId}/gamification/badges`)).body).toMatchObject({ of: 0 });
      expect((await teacher.post(`/batches/${course.batchId}/achievement-rules/preview`, { conditions: [{ kind: 'score', minPercent: 0, exams: 1 }] })).body).toEqual({ count: 0, of: 0, students: [] });
    };
    await empty();
    expect((await teacher.post(`/exams/${examId}/results/publish`)).status).toBe(200);
    expect(await courseOf(ada)).toMatchObject({ points: { total: 100, exams: 1 } });
    expect(await earnedOf(ada)).toEqual(['perfect', 'clean']);
    expect((await boardOf(ben, course)).body).toMatchObject({ me: { rank: 2, points: 40 }, size: 2, items: [{ rank: 1, points: 100, isMe: false }, { rank: 2, points: 40, isMe: true }] });
    expect((await teacher.post(`/exams/${examId}/results/unpublish`)).status).toBe(200);
    await empty();
  });

  test('a withheld result takes its student out at once', async () => {
    const course = await openCourse(2);
    const { sessionIds } = await sat(course, [10, 4]);
    expect((await boardOf(course.students[1]!, course)).body.size).toBe(2);
    await course.teacher.post(`/sessions/${sessionIds[0]}/result/withhold`, { reason: 'check' });
    expect((await boardOf(course.students[1]!, course)).body).toMatchObject({ size: 1, me: { rank: 1 } });
    expect(await earnedOf(course.students[0]!)).toEqual([]);
  });

  test('an exam that does not show its score gives nothing', async () => {
    const course = await openCourse(1);
    const { examId } = await sat(course, [10]);
    await api.pool.query(`update exams set results = results || '{"score": false}' where id = $1`, [examId]);
    expect(await courseOf(course.students[0]!)).toMatchObject({ points: { total: 0 } });
    expect(await earnedOf(course.students[0]!)).toEqual([]);
  });
});

describe('a student', () => {
  test('appears by initials, by name or by an own name, as chosen', async () => {
    const course = await openCourse(2);
    const [ada, ben] = course.students as [TestPerson, TestPerson];
    await sat(course, [9, 5]);
    const first = async (): Promise<string> => (await boardOf(ben, course)).body.items[0].name;
    expect(await first()).toMatch(/^T\. .\.$/);
    expect((await ada.put('/auth/me/achievements/preferences', { optedOut: false, shownAs: 'name' })).body).toMatchObject({ name: ada.name });
    expect(await first()).toBe(ada.name);
    await ada.put('/auth/me/achievements/preferences', { optedOut: false, shownAs: 'alias', alias: 'Countess' });
    expect(await first()).toBe('Countess');
    const staff = (await course.teacher.get(`/batches/${course.batchId}/gamification/leaderboard`)).body;
    expect(staff.items[0]).toMatchObject({ name: ada.name, shownName: 'Countess', points: 90, exams: 1 });
    expect(codeOf(await ada.put('/auth/me/achievements/preferences', { optedOut: false, shownAs: 'alias', alias: ' ' }))).toEqual([422, 'validation-failed']);
  });

  test('whose name is not fit to be seen appears by initials again when the teacher says so, in no other batch than their own', async () => {
    const course = await openCourse(2);
    const [ada, ben] = course.students as [TestPerson, TestPerson];
    await sat(course, [9, 5]);
    await ada.put('/auth/me/achievements/preferences', { optedOut: false, shownAs: 'alias', alias: 'Something rude' });
    expect((await boardOf(ben, course)).body.items[0].name).toBe('Something rude');
    const other = await openCourse(1);
    expect(codeOf(await other.teacher.delete(`/batches/${other.batchId}/gamification/names/${ada.id}`))).toEqual([404, 'not-found']);
    expect(codeOf(await other.teacher.delete(`/batches/${course.batchId}/gamification/names/${ada.id}`))).toEqual([403, 'forbidden']);
    expect((await course.teacher.delete(`/batches/${course.batchId}/gamification/names/${ada.id}`)).status).toBe(204);
    expect((await boardOf(ben, course)).body.items[0].name).toMatch(/^T\. .\.$/);
    expect((await ada.get('/auth/me/achievements')).body.preferences).toMatchObject({ optedOut: false, shownAs: 'initials', alias: '' });
  });

  test('who opts out is in nobody\'s leaderboard, sees none, and keeps points and badges', async () => {
    const course = await openCourse(2);
    const [ada, ben] = course.students as [TestPerson, TestPerson];
    await sat(course, [10, 5]);
    expect((await boardOf(ben, course)).body.size).toBe(2);
    await ada.put('/auth/me/achievements/preferences', { optedOut: true, shownAs: 'initials' });
    expect((await boardOf(ben, course)).body).toMatchObject({ size: 1, me: { rank: 1 } });
    expect((await course.teacher.get(`/batches/${course.batchId}/gamification/leaderboard`)).body.size).toBe(1);
    expect(codeOf(await boardOf(ada, course))).toEqual([403, 'forbidden']);
    expect(await courseOf(ada)).toMatchObject({ points: { total: 100 }, periods: [] });
    expect(await earnedOf(ada)).toEqual(['perfect', 'clean']);
    await ada.put('/auth/me/achievements/preferences', { optedOut: false, shownAs: 'initials' });
    expect((await boardOf(ada, course)).body.me).toEqual({ rank: 1, points: 100 });
  });

  test('sees ten ranks and the own one, and nobody behind them', async () => {
    const course = await openCourse(12);
    await sat(course, Array.from({ length: 12 }, (_, index) => 10 - index * 0.5));
    const last = (await boardOf(course.students[11]!, course)).body;
    expect(last).toMatchObject({ size: 12, more: 0, me: { rank: 12, points: 45 } });
    expect(last.items.map((row: TestBody) => row.rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(JSON.stringify(last)).not.toContain(course.students[0]!.id);
  });

  test('of another class, or of none, finds nothing', async () => {
    const course = await openCourse(1);
    const [stranger] = await api.students(1);
    expect(codeOf(await boardOf(stranger!, course))).toEqual([404, 'not-found']);
    expect((await stranger!.get('/auth/me/achievements')).body.courses).toEqual([]);
    expect(codeOf(await boardOf(course.students[0]!, course, '?period=term'))).toEqual([404, 'not-found']);
    expect(codeOf(await course.teacher.get(`/batches/${course.batchId}/gamification/leaderboard?period=term`))).toEqual([404, 'not-found']);
    expect(codeOf(await boardOf(course.students[0]!, course, '?period=year'))).toEqual([422, 'validation-failed']);
  });

  test('sees a badge as new until it was seen, and can not claim one', async () => {
    const course = await openCourse(1);
    const [ada] = course.students as [TestPerson];
    await sat(course, [9]);
    const newOf = async (): Promise<string[]> => (await courseOf(ada)).badges.filter((badge: TestBody) => badge.isNew).map((badge: TestBody) => badge.badge);
    expect(await newOf()).toEqual(['clean']);
    expect((await ada.post(`/auth/me/achievements/courses/${course.batchId}/seen`, { badges: ['clean', 'perfect', 'rule-x'] })).status).toBe(204);
    expect(await newOf()).toEqual([]);
    expect((await api.pool.query('select badge from achievements where student_id = $1', [ada.id])).rows).toEqual([{ badge: 'clean' }]);
    expect(codeOf(await ada.post(`/auth/me/achievements/courses/${course.batchId}/seen`, { badges: [] }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await ada.post(`/auth/me/achievements/courses/${course.batchId}/seen`, { badges: ['clean'] }, { key: null }))[0]).toBe(428);
  });
});

describe('a course', () => {
  test('that is switched off shows nothing and has no entry', async () => {
    const course = await openCourse(1, { enabled: false });
    const [ada] = course.students as [TestPerson];
    await sat(course, [10]);
    expect((await ada.get('/auth/me/achievements')).body.courses).toEqual([]);
    expect((await ada.get('/auth/me/achievements/courses')).body.items).toEqual([]);
    expect((await boardOf(ada, course)).status).toBe(404);
  });

  test('shows the parts that are on', async () => {
    const course = await openCourse(1, { points: false, leaderboard: false, badges: ['clean'] });
    const [ada] = course.students as [TestPerson];
    await sat(course, [10]);
    expect(await courseOf(ada)).toMatchObject({ points: null, periods: [], badges: [{ badge: 'clean' }] });
    expect((await boardOf(ada, course)).status).toBe(404);
  });

  test('is switched by its owner: with the version that they saw, audited, and with points under a leaderboard', async () => {
    const course = await openCourse(0);
    const path = `/batches/${course.batchId}/gamification`;
    const { body } = await course.teacher.get(path);
    expect(body).toMatchObject({ ...ON, version: 1, exams: [] });
    expect(codeOf(await course.teacher.put(path, { ...ON, enabled: false }, { ifMatch: 0 }))).toEqual([412, 'version-conflict']);
    expect(codeOf(await course.teacher.put(path, { ...ON, points: false }, { ifMatch: 1 }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await course.teacher.put(path, { ...ON, badges: ['best'] }, { ifMatch: 1 }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await course.teacher.put(path, { ...ON, timeZone: 'Mars/Base' }, { ifMatch: 1 }))).toEqual([422, 'validation-failed']);
    expect((await course.teacher.put(path, { ...ON, termStartsOn: '2026-10-01' }, { ifMatch: 1 })).body).toMatchObject({ termStartsOn: '2026-10-01', version: 2 });
    const { rows } = await api.pool.query("select actor_id from audit_log where action = 'batch.gamification' and resource_id = $1", [course.batchId]);
    expect(rows).toEqual([{ actor_id: course.teacher.id }, { actor_id: course.teacher.id }]);
    expect((await api.anybody.get(path)).status).toBe(401);
    expect(codeOf(await (await api.person('teacher')).get(path))).toEqual([403, 'forbidden']);
  });

  test('takes badges of the teacher, with a preview of who would have them', async () => {
    const course = await openCourse(3);
    const { teacher } = course;
    const [ada, ben] = course.students as [TestPerson, TestPerson];
    await sat(course, [9, 6, 3]);
    await sat(course, [8, 9, 2]);
    const path = `/batches/${course.batchId}/achievement-rules`;
    const rule = { name: 'Twice over 80', description: 'Two exams', conditions: [{ kind: 'score', minPercent: 80, exams: 2 }] };
    const preview = (await teacher.post(`${path}/preview`, { conditions: rule.conditions })).body;
    expect(preview).toMatchObject({ count: 1, of: 3, students: [{ id: ada.id, name: ada.name }] });
    const made = await teacher.post(path, rule);
    expect(made.status).toBe(201);
    expect(await earnedOf(ada)).toContain(`rule-${made.body.id}`);
    const own = (await courseOf(ben)).badges.at(-1);
    expect(own).toMatchObject({ name: 'Twice over 80', description: 'Two exams', earnedAt: null, progress: { value: 1, target: 2 } });
    const better = { ...rule, conditions: [{ kind: 'improvement', byPercent: 30 }] };
    expect(codeOf(await teacher.put(`${path}/${made.body.id}`, better, { ifMatch: 9 }))).toEqual([412, 'version-conflict']);
    expect((await teacher.put(`${path}/${made.body.id}`, better, { ifMatch: 1 })).body).toMatchObject({ version: 2 });
    expect([await earnedOf(ada), await earnedOf(ben)]).toEqual([['clean'], ['clean', `rule-${made.body.id}`]]);
    expect((await teacher.get(`/batches/${course.batchId}/gamification/badges`)).body.items).toContainEqual({ badge: `rule-${made.body.id}`, count: 1 });
    expect((await teacher.put(`${path}/${made.body.id}`, { ...better, active: false }, { ifMatch: 2 })).status).toBe(200);
    expect(await earnedOf(ben)).toEqual(['clean']);
    expect((await teacher.get(path)).body.items).toHaveLength(1);
    expect((await teacher.delete(`${path}/${made.body.id}`)).status).toBe(204);
    expect((await teacher.delete(`${path}/${made.body.id}`)).status).toBe(404);
    const { rows } = await api.pool.query("select action from audit_log where action like 'achievement-rule%' and resource_id = $1 order by id", [course.batchId]);
    expect(rows.map((row) => row.action)).toEqual(['achievement-rule.create', 'achievement-rule.change', 'achievement-rule.change', 'achievement-rule.delete']);
  });

  test.each([
    [{ name: ' ' }], [{ conditions: [] }], [{ conditions: [{ kind: 'score', minPercent: 101, exams: 1 }] }], [{ conditions: [{ kind: 'score', minPercent: 50, exams: 0 }] }],
    [{ conditions: [{ kind: 'improvement', byPercent: 0 }] }], [{ conditions: [{ kind: 'luck' }] }], [{ conditions: [{ kind: 'score', minPercent: 50, exams: 1, tag: '' }] }],
  ])('refuses a badge that means nothing: %j', async (change) => {
    const course = await openCourse(0);
    const body = { name: 'Badge', conditions: [{ kind: 'score', minPercent: 50, exams: 1 }], ...change };
    expect(codeOf(await course.teacher.post(`/batches/${course.batchId}/achievement-rules`, body))).toEqual([422, 'validation-failed']);
  });
});
