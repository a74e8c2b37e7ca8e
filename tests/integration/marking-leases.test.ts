import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { leaseNext } from '#db/marking/leases.ts';
import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { createMarking, ESSAY, expire, markingPath, type Marking, next } from '#tests/support/marking.ts';

let api: TestApi;
let ada: TestPerson;
let ben: TestPerson;
let stranger: TestPerson;
let handedIn: Marking['handedIn'];
let markOf: Marking['markOf'];

beforeAll(async () => {
  api = await createTestApi();
  ({ ada, ben, stranger, handedIn, markOf } = await createMarking(api));
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

describe('taking answers', () => {
  test('two graders who ask at once never get the same answer, and each answer goes out once', async () => {
    const exam = await handedIn(6);
    const replies = await Promise.all([ada, ben, ada, ben, ada, ben].map((who) => next(who, exam)));
    expect(replies.map((reply) => reply.status)).toEqual(Array(6).fill(200));
    const holders = new Map<string, Set<string>>();
    for (const { body } of replies) {
      const { sessionId, lease } = body.answer as TestBody;
      holders.set(String(sessionId), (holders.get(String(sessionId)) ?? new Set()).add((lease as TestBody).holder.id as string));
    }
    expect([...holders.values()].every((ids) => ids.size === 1)).toBe(true);
    const { rows } = await api.pool.query('select count(*) as count from marking_answers where exam_id = $1 and lease_until > holdfast_now()', [exam.examId]);
    expect(rows[0].count).toBe(holders.size);
  });

  test('a row that somebody is just taking is passed over, not waited for', async () => {
    const exam = await handedIn(2);
    const { body: first } = await next(ada, exam);
    await expire(api, exam);
    const client = await api.pool.connect();
    try {
      await client.query('begin');
      await client.query('select from marking_answers where session_id = $1 for update', [first.answer!.sessionId]);
      const { body } = await next(ben, exam);
      expect(body.answer!.sessionId).not.toBe(first.answer!.sessionId);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  test('two graders who are being served at the same moment get different answers, or none', async () => {
    const exam = await handedIn(2);
    await ada.get(`/exams/${exam.examId}/marking`);
    const ask = (graderId: string) => ({ examId: exam.examId, graderId, role: 'first', by: 'item', flagged: false, exclude: [], leaseMinutes: 15 }) as const;
    const { db } = api.deps;
    await inTransaction(db, async (one) => {
      const first = await leaseNext(one, ask(ada.id));
      await inTransaction(db, async (two) => {
        const second = await leaseNext(two, ask(ben.id));
        expect(second!.sessionId).not.toBe(first!.sessionId);
        await inTransaction(db, async (three) => expect(await leaseNext(three, ask(exam.teacher.id))).toBeNull());
      });
    });
  });

  test('a lease that is over goes to the next grader; the late mark of the first is refused and kept as a draft', async () => {
    const exam = await handedIn(1);
    const { body: taken } = await next(ada, exam);
    expect(taken.answer).toMatchObject({ student: null, text: ESSAY, wordCount: 9, revisions: 3, maxPoints: '3', role: 'first', version: 0, lease: { mine: true, role: 'first' } });
    expect((await next(ben, exam)).body).toEqual({ answer: null, remaining: 0 });
    await expire(api, exam);
    const { body: again } = await next(ben, exam);
    expect(again.answer!.sessionId).toBe(exam.sessionIds[0]);
    const late = await ada.put(markingPath(exam), { role: 'first', points: '2', comment: 'Good on the frame.', closedVersion: taken.answer!.closedVersion, version: 0 });
    expect(codeOf(late)).toEqual([409, 'state-conflict']);
    expect(late.body.draft).toMatchObject({ points: '2', comment: 'Good on the frame.', refused: true });
    expect((await ada.get(markingPath(exam))).body).toMatchObject({ role: null, draft: { comment: 'Good on the frame.', refused: true } });
    expect((await ben.get(markingPath(exam))).body.draft).toBeNull();
    expect((await markOf(ben, exam, 0, { points: '1' })).status).toBe(200);
    const later = await ada.put(markingPath(exam), { role: 'first', points: '3', comment: 'Still mine.', closedVersion: taken.answer!.closedVersion, version: 0 });
    expect(codeOf(later)).toEqual([409, 'state-conflict']);
    expect((await ada.get(markingPath(exam))).body.draft).toMatchObject({ comment: 'Still mine.' });
  });

  test('a draft renews the lease and comes back; release gives the answer to others', async () => {
    const exam = await handedIn(1);
    const { body: taken } = await next(ada, exam);
    await api.pool.query("update marking_answers set lease_until = holdfast_now() + interval '10 seconds' where exam_id = $1", [exam.examId]);
    const kept = await ada.put(`${markingPath(exam)}/draft`, { role: 'first', comment: 'half a', closedVersion: taken.answer!.closedVersion });
    expect(kept.body.lease).toMatchObject({ id: taken.answer!.lease.id, mine: true });
    expect(Date.parse(String(kept.body.lease.expiresAt))).toBeGreaterThan(Date.parse(String(taken.answer!.savedAt)) + 600_000);
    expect((await next(ada, exam)).body.answer).toMatchObject({ draft: { comment: 'half a', points: null, refused: false } });
    expect(codeOf(await ben.post(`/marking/leases/${taken.answer!.lease.id}/release`))).toEqual([403, 'forbidden']);
    expect((await ada.post(`/marking/leases/${taken.answer!.lease.id}/release`)).body).toEqual({ lease: null });
    expect((await ben.post(`${markingPath(exam)}/lease`, { role: 'first' })).body.lease).toMatchObject({ mine: true });
    expect(codeOf(await ada.post(`${markingPath(exam)}/lease`, { role: 'first' }))).toEqual([409, 'state-conflict']);
    expect((await ada.put(`${markingPath(exam)}/draft`, { role: 'first', comment: 'more', closedVersion: taken.answer!.closedVersion })).body.lease).toBeNull();
  });

  test('an answer is taken only in the role that it waits for, and not twice by the same person', async () => {
    const exam = await handedIn(2, { secondMarking: 'all' });
    const why = (reply: TestReply): [number, unknown] => [reply.status, reply.body['detail']];
    const lease = (who: TestPerson, role: string): Promise<TestReply> => who.post(`${markingPath(exam)}/lease`, { role });
    await ada.get(`/exams/${exam.examId}/marking`);
    expect(why(await lease(ben, 'second'))).toEqual([409, 'This answer does not wait for such a mark.']);
    expect((await markOf(ada, exam, 0, { points: '1' })).body.state).toBe('second');
    expect((await next(ada, exam, { role: 'second' })).body.answer).toBeNull();
    expect(why(await lease(ada, 'second'))).toEqual([409, 'The second mark has to come from somebody else.']);
    expect(why(await lease(ben, 'first'))).toEqual([409, 'Somebody else has marked this answer meanwhile.']);
    expect((await lease(ben, 'second')).status).toBe(200);
  });

  test('an answer that was set aside, or whose session was opened again, is not the next', async () => {
    const exam = await handedIn(1);
    await ada.get(`/exams/${exam.examId}/marking`);
    await ada.put(`${markingPath(exam)}/flag`, { note: 'Later.' });
    expect((await next(ada, exam)).body.answer).toBeNull();
    const { body } = await next(ada, exam, { flagged: true });
    expect(body.answer!.sessionId).toBe(exam.sessionIds[0]);
    await ada.post(`/marking/leases/${body.answer!.lease.id}/release`);
    expect((await next(ben, exam)).body.answer!.sessionId).toBe(exam.sessionIds[0]);
    await expire(api, exam);
    await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/reopen`, { seconds: 60, reason: 'page missing' });
    expect((await next(ben, exam)).body).toEqual({ answer: null, remaining: 0 });
  });

  test('answers are dealt evenly, by item and by student, and dealing again changes nothing', async () => {
    const exam = await handedIn(5);
    for (const by of ['item', 'student']) {
      const dealt = await exam.teacher.post(`/exams/${exam.examId}/marking/allocate`, { by });
      expect(dealt.body.graders!.map((each: TestBody) => each.first).toSorted()).toEqual([2, 3]);
      expect((await exam.teacher.post(`/exams/${exam.examId}/marking/allocate`, { by })).body).toMatchObject({ changed: 0, graders: dealt.body.graders });
    }
    const mine = (await ada.get(`/exams/${exam.examId}/marking/items/${exam.essayItemId}/answers?filter=allocated`)).body.items!;
    const got = [];
    for (let left = mine.length; left > 0; left -= 1) {
      const { body } = await next(ada, exam, { exclude: got.map((sessionId) => ({ sessionId, itemId: exam.essayItemId })) });
      got.push(body.answer!.sessionId);
    }
    expect(got.toSorted()).toEqual(mine.map((row: TestBody) => row.sessionId).toSorted());
    expect((await next(ada, exam, { exclude: got.map((sessionId) => ({ sessionId, itemId: exam.essayItemId })) })).body.answer).toBeNull();
    expect(codeOf(await ada.post(`/exams/${exam.examId}/marking/allocate`, {}))).toEqual([403, 'forbidden']);
  });
});

describe('dealing', () => {
  test('leaves what somebody has just taken where it is, in both roles', async () => {
    const exam = await handedIn(4, { secondMarking: 'all', graders: [ada.id, ben.id, stranger.id] });
    const dealtTo = async (column: 'first_grader' | 'second_grader', sessionId: unknown): Promise<unknown> => (await api.pool.query(`select ${column} as grader from marking_answers where session_id = $1`, [sessionId])).rows[0].grader;
    const { body: taken } = await next(ada, exam);
    await api.pool.query('update marking_answers set first_grader = $2 where exam_id = $1', [exam.examId, ben.id]);
    await exam.teacher.post(`/exams/${exam.examId}/marking/allocate`, { by: 'item' });
    expect(await dealtTo('first_grader', taken.answer!.sessionId)).toBe(ada.id);
    const index = exam.sessionIds.indexOf(String(taken.answer!.sessionId));
    await markOf(ada, exam, index, { points: '1' });
    await api.pool.query('update marking_answers set second_grader = null where exam_id = $1', [exam.examId]);
    expect((await stranger.post(`${markingPath(exam, index)}/lease`, { role: 'second' })).status).toBe(200);
    await exam.teacher.post(`/exams/${exam.examId}/marking/allocate`, { by: 'item' });
    expect(await dealtTo('second_grader', taken.answer!.sessionId)).toBe(stranger.id);
  });
});
