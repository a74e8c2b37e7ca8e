import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { resultGates } from '#db/grading/gate.ts';
import { examPoints } from '#domain/gamification/points.ts';
import { moderate, type ModerationStep } from '#domain/grading/moderation.ts';
import { insertCourse, insertSatExam, type TestCourse } from '#tests/support/course.ts';
import { type CoreBench, openBench } from '#tests/support/core.ts';
import { insertUser } from '#tests/support/exam-rows.ts';

import { refreshRecord } from './achievements.ts';
import { countConfirmedIncidents, listCourseFacts, listExamFigures, selectCoursePrint } from './course-results.ts';
import { type Period, selectLeaderboard } from './leaderboard.ts';
import { listTaggedItems } from './tagged-items.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LONG_AGO = '2026-01-05T12:00:00Z';
const boardOf = async ({ batchId }: TestCourse, period: Period = 'all'): Promise<[string, number, number][]> =>
  (await selectLeaderboard(bench.db, batchId, period)).students.map(({ points, rank, studentId }) => [studentId, points, rank]);
const ranksOf = async (course: TestCourse): Promise<number[]> => (await boardOf(course)).map(([, , rank]) => rank);
const run = (sql: string, ...values: unknown[]) => bench.db.query(sql, values);

describe('a leaderboard', () => {
  test('sums whole points, and gives the same rank to the same points', async () => {
    const course = await insertCourse(bench.db, { students: 4 });
    const [ada, ben, cem, dea] = course.studentIds as [string, string, string, string];
    await insertSatExam(bench.db, course, LONG_AGO, [{ studentId: ada, points: '7.05' }, { studentId: ben, points: '7.049' }, { studentId: cem, points: 9 }, { studentId: dea, points: 0 }]);
    await insertSatExam(bench.db, course, LONG_AGO, [{ studentId: ada, points: 2 }, { studentId: ben, points: '2.1' }]);
    const board = await boardOf(course);
    expect(new Map(board.map(([id, points, rank]) => [id, [points, rank]]))).toEqual(new Map([[ada, [91, 1]], [ben, [91, 1]], [cem, [90, 3]], [dea, [0, 4]]]));
  });

  test('gives the points that the rule of the platform gives', async () => {
    const course = await insertCourse(bench.db, { students: 1 });
    const all = ['0', '0.0499', '0.05', '4.95', '4.9499', '9.949', '9.95', '10', '-1'];
    for (const points of all) {
      const { examId } = await insertSatExam(bench.db, course, LONG_AGO, [{ studentId: course.studentIds[0]!, points }]);
      const [fact] = await listCourseFacts(bench.db, course.batchId, course.studentIds[0]!);
      expect([points, (await boardOf(course))[0]![1]]).toEqual([points, examPoints(fact!.percent)]);
      await run('delete from exam_batches where exam_id = $1', examId);
    }
  });

  test('is empty before publication, and again after it is taken back', async () => {
    const course = await insertCourse(bench.db);
    const { examId } = await insertSatExam(bench.db, course, null, course.studentIds.map((studentId) => ({ studentId, points: 8 })));
    expect(await boardOf(course)).toEqual([]);
    const before = await selectCoursePrint(bench.db, course.batchId);
    await run('update exams set results_published_at = holdfast_now() where id = $1', examId);
    expect(await boardOf(course)).toHaveLength(3);
    expect(await selectCoursePrint(bench.db, course.batchId)).not.toBe(before);
    await run('update exams set results_published_at = null where id = $1', examId);
    expect(await boardOf(course)).toEqual([]);
    expect(await selectCoursePrint(bench.db, course.batchId)).toBe(before);
  });

  test('asks the gate: only what the gate lets each student see counts', async () => {
    const course = await insertCourse(bench.db, { students: 6 });
    const made = async (index: number, publishedAt: string | null, more: { graded?: 'pending'; shown?: object } = {}): Promise<string> => {
      const studentId = course.studentIds[index]!;
      return (await insertSatExam(bench.db, course, publishedAt, [{ studentId, points: 8, ...(more.graded === undefined ? {} : { graded: more.graded }) }], { shown: more.shown ?? {} })).sessionIds[0]!;
    };
    const sessions = [
      await made(0, LONG_AGO), await made(1, null), await made(2, LONG_AGO, { shown: { score: false } }), await made(3, LONG_AGO),
      await made(4, null, { shown: { release: 'at', releaseAt: LONG_AGO } }), await made(5, LONG_AGO, { graded: 'pending' }),
    ];
    await run("insert into result_holds (session_id, reason, held_by) values ($1, 'check', $2)", sessions[3], course.ownerId);
    const gates = await resultGates(bench.db, sessions);
    const seen = course.studentIds.filter((_, index) => {
      const gate = gates.get(sessions[index]!)!;
      return gate.open && gate.visibility.score && gate.grade?.state === 'graded';
    });
    expect(seen).toEqual([course.studentIds[0], course.studentIds[4]]);
    expect((await boardOf(course)).map(([id]) => id).toSorted()).toEqual(seen.toSorted());
  });

  test('does not tell results of an exam that answers at once before all are out', async () => {
    const course = await insertCourse(bench.db, { students: 1 });
    await insertSatExam(bench.db, course, null, [{ studentId: course.studentIds[0]!, points: 8 }], { shown: { release: 'immediate' } });
    expect(await boardOf(course)).toEqual([]);
  });

  test('leaves out whoever opted out, is disabled, left the class, or was withdrawn', async () => {
    const course = await insertCourse(bench.db, { students: 5 });
    const [out, disabled, left, withdrawn, stays] = course.studentIds as [string, string, string, string, string];
    await insertSatExam(bench.db, course, LONG_AGO, course.studentIds.map((studentId) => ({ studentId, points: 8, state: studentId === withdrawn ? 'withdrawn' as const : 'submitted' as const })));
    const before = await selectCoursePrint(bench.db, course.batchId);
    await run('insert into gamification_preferences (student_id, opted_out) values ($1, true)', out);
    expect(await selectCoursePrint(bench.db, course.batchId)).not.toBe(before);
    await run('update users set disabled = true where id = $1', disabled);
    await run('delete from batch_students where student_id = $1', left);
    expect((await boardOf(course)).map(([id]) => id)).toEqual([stays]);
  });

  test('counts exams that its owner may read, of this class only', async () => {
    const course = await insertCourse(bench.db, { students: 1 });
    const [studentId] = course.studentIds as [string];
    const stranger = await insertUser(bench.db, 'teacher');
    await insertSatExam(bench.db, course, LONG_AGO, [{ studentId, points: 9 }], { ownerId: stranger });
    await insertSatExam(bench.db, await insertCourse(bench.db, { ownerId: course.ownerId, students: 0 }), LONG_AGO, [{ studentId, points: 9 }]);
    expect(await boardOf(course)).toEqual([]);
    await run('update batches set owner_id = $2 where id = $1', course.batchId, await insertUser(bench.db, 'admin'));
    expect(await boardOf(course)).toEqual([[studentId, 90, 1]]);
  });

  test.each([['best', 90], ['last', 30], ['first', 60], ['mean', 60]])('with the attempt rule %s gives %d points', async (rule, points) => {
    const course = await insertCourse(bench.db, { students: 1 });
    const [studentId] = course.studentIds as [string];
    await insertSatExam(bench.db, course, LONG_AGO, [{ studentId, points: 6 }, { studentId, points: 9, attempt: 2 }, { studentId, points: 3, attempt: 3 }], { rule });
    expect(await boardOf(course)).toEqual([[studentId, points, 1]]);
  });

  test('leaves out whoever has an attempt that counts and is withheld, also where attempts are ranked', async () => {
    const course = await insertCourse(bench.db, { students: 2 });
    const [ada, ben] = course.studentIds as [string, string];
    const { sessionIds } = await insertSatExam(bench.db, course, LONG_AGO, [{ studentId: ada, points: 6 }, { studentId: ada, points: 9, attempt: 2 }, { studentId: ben, points: 3 }]);
    await run("insert into result_holds (session_id, reason, held_by) values ($1, 'check', $2)", sessionIds[1], course.ownerId);
    expect((await boardOf(course)).map(([id]) => id)).toEqual([ben]);
    await run('update result_holds set session_id = $2 where session_id = $1', sessionIds[1], sessionIds[0]);
    expect(await boardOf(course)).toHaveLength(2);
  });

  test('follows moderation exactly as the rule of the platform has it', async () => {
    const course = await insertCourse(bench.db, { students: 1 });
    const { examId } = await insertSatExam(bench.db, course, LONG_AGO, [{ studentId: course.studentIds[0]!, points: 4 }]);
    await run("insert into exam_moderations (id, exam_id, number, kind, amount, reason, created_by) values ($1, $2, 1, 'add', 3, 'hard', $3)", randomUUID(), examId, course.ownerId);
    expect((await boardOf(course))[0]![1]).toBe(70);
    const steps: ModerationStep[][] = [
      [{ kind: 'scale', factor: '1.1', cap: null }], [{ kind: 'scale', factor: '3', cap: '8.5' }], [{ kind: 'add', points: '0.3333', cap: null }, { kind: 'scale', factor: '1.0005', cap: '9' }],
      [{ kind: 'add', points: '-50', cap: null }], [{ kind: 'add', points: '50', cap: null }], [{ kind: 'scale', factor: '0.3333', cap: '1' }],
    ];
    for (const chosen of steps) {
      for (const points of ['0', '3.3333', '8.75', '10']) {
        const { rows } = await bench.db.query<{ value: string }>('select moderated_points($1, 10, $2)::text as value', [points, JSON.stringify(chosen)]);
        expect([points, chosen, Number(rows[0]!.value)]).toEqual([points, chosen, Number(moderate(points, '10', chosen))]);
      }
    }
  });

  test('has nobody at no rank: ten share the first', async () => {
    const course = await insertCourse(bench.db, { students: 11 });
    await insertSatExam(bench.db, course, LONG_AGO, course.studentIds.map((studentId, index) => ({ studentId, points: index === 0 ? 5 : 8 })));
    expect(await ranksOf(course)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11]);
  });
});

describe('periods begin at midnight in the zone of the course', () => {
  // Wednesday 11 March 2026, 12:00 in Auckland (UTC+13)
  const NOW = Date.parse('2026-03-10T23:00:00Z');
  test.each<[Period, string]>([
    ['week', '2026-03-08T11:00:00Z'],
    ['month', '2026-02-28T11:00:00Z'],
    ['term', '2026-02-22T11:00:00Z'],
  ])('%s', async (period, begins) => {
    await bench.clock.advance(NOW - (await bench.clock.nowMs()));
    const course = await insertCourse(bench.db, { students: 2, zone: 'Pacific/Auckland', termStartsOn: '2026-02-23' });
    const [before, after] = course.studentIds as [string, string];
    await insertSatExam(bench.db, course, new Date(Date.parse(begins) - 1).toISOString(), [{ studentId: before, points: 5 }]);
    await insertSatExam(bench.db, course, begins, [{ studentId: after, points: 5 }]);
    expect((await selectLeaderboard(bench.db, course.batchId, period)).sinceMs).toBe(Date.parse(begins));
    expect((await boardOf(course, period)).map(([id]) => id)).toEqual([after]);
    expect(await boardOf(course)).toHaveLength(2);
  });

  test('a term that has not begun is empty', async () => {
    const course = await insertCourse(bench.db, { students: 1, termStartsOn: '2099-01-01' });
    await insertSatExam(bench.db, course, LONG_AGO, [{ studentId: course.studentIds[0]!, points: 5 }]);
    expect(await boardOf(course, 'term')).toEqual([]);
  });
});

describe('facts and figures', () => {
  test('time is without pauses and without the extra time of an accommodation', async () => {
    const course = await insertCourse(bench.db, { students: 2 });
    const { sessionIds } = await insertSatExam(bench.db, course, LONG_AGO, course.studentIds.map((studentId) => ({ studentId, points: 8, minutes: 30 })));
    await run('update exam_sessions set paused_total_ms = 600000, time_multiplier = 2 where id = $1', sessionIds[0]);
    const facts = await listCourseFacts(bench.db, course.batchId, null);
    expect(new Map(facts.map((fact) => [fact.studentId, fact.usedMs / 60_000]))).toEqual(new Map([[course.studentIds[0], 10], [course.studentIds[1], 30]]));
    expect((await listExamFigures(bench.db, course.batchId))[0]).toMatchObject({ meanUsedMs: 20 * 60_000, earlyUntilMs: null });
  });

  test('the first tenth are one of ten to nineteen, two of twenty', async () => {
    for (const [students, early] of [[9, 0], [10, 1], [19, 1], [20, 2]] as const) {
      const course = await insertCourse(bench.db, { students });
      await insertSatExam(bench.db, course, LONG_AGO, course.studentIds.map((studentId, index) => ({ studentId, points: 8, minutes: index + 1 })));
      const facts = await listCourseFacts(bench.db, course.batchId, null);
      const [figures] = await listExamFigures(bench.db, course.batchId);
      expect(facts.filter(({ handedInAtMs }) => handedInAtMs! <= (figures!.earlyUntilMs ?? 0))).toHaveLength(early);
    }
  });

  test('an incident counts once it is confirmed, and only of an exam that is out', async () => {
    const course = await insertCourse(bench.db, { students: 2 });
    const { examId, sessionIds } = await insertSatExam(bench.db, course, null, course.studentIds.map((studentId) => ({ studentId, points: 8 })));
    const runId = randomUUID();
    const [a, b] = sessionIds.toSorted();
    await run("insert into runs (id, kind, exam_id, state) values ($1, 'plagiarism', $2, 'completed')", runId, examId);
    await run('insert into plagiarism_scans (run_id) values ($1)', runId);
    await run(`insert into plagiarism_pairs (id, run_id, exam_id, session_a, session_b, score, indices, evidence, state) values ($1, $2, $3, $4, $5, 1, '{}', '{}', 'confirmed')`, randomUUID(), runId, examId, a, b);
    expect((await countConfirmedIncidents(bench.db, course.batchId, null)).size).toBe(0);
    await run('update exams set results_published_at = holdfast_now() where id = $1', examId);
    expect((await countConfirmedIncidents(bench.db, course.batchId, null)).size).toBe(2);
    await run("update plagiarism_pairs set state = 'dismissed' where run_id = $1", runId);
    expect((await countConfirmedIncidents(bench.db, course.batchId, course.studentIds[0]!)).size).toBe(0);
  });

  test('a tag tells the share of its items, where students may see single items', async () => {
    const course = await insertCourse(bench.db, { students: 1 });
    const [studentId] = course.studentIds as [string];
    const { examId, sessionIds: [sessionId] } = await insertSatExam(bench.db, course, LONG_AGO, [{ studentId, points: 8 }], { shown: { items: true } });
    const [genes, cells] = [randomUUID(), randomUUID()];
    const items = [{ id: randomUUID(), questionId: genes, points: '4' }, { id: randomUUID(), questionId: cells, points: '6' }];
    for (const [questionId, tags] of [[genes, '{genetics,easy}'], [cells, '{cells}']]) {
      await run('insert into questions (id, created_by) values ($1, $2)', questionId, course.ownerId);
      await run(`insert into question_versions (question_id, version, type, text, key, points, tags, created_by) values ($1, 1, 'essay', '{}', '{}', 1, $2, $3)`, questionId, tags, course.ownerId);
    }
    const frozen = { version: 1, content: { type: 'essay', text: { format: 'plain', value: 'Why?' }, points: '1', key: {} } };
    await run('insert into exam_contents (exam_id, content) values ($1, $2)', examId, JSON.stringify({ examId, sections: [{ title: '', items }], questions: { [genes]: frozen, [cells]: frozen } }));
    for (const [index, points] of ['3', '5'].entries()) {
      await run("insert into marks (session_id, closed_version, item_id, points, max_points, state, source) values ($1, 1, $2, $3, $4, 'graded', 'auto')", sessionId, items[index]!.id, points, items[index]!.points);
    }
    const rules = [{ conditions: [{ kind: 'score' as const, minPercent: 70, exams: 1, examIds: [], tag: 'genetics' }] }];
    const tagged = await listTaggedItems(bench.db, course.batchId, rules);
    expect(tagged).toEqual([{ itemId: items[0]!.id, tag: 'genetics' }]);
    expect((await listCourseFacts(bench.db, course.batchId, studentId, tagged))[0]!.tagPercents).toEqual({ genetics: 75 });
    await run(`update exams set results = results || '{"items": false}' where id = $1`, examId);
    expect(await listTaggedItems(bench.db, course.batchId, rules)).toEqual([]);
    expect((await listCourseFacts(bench.db, course.batchId, studentId, tagged))[0]!.tagPercents).toEqual({});
  });
});

describe('the record of badges', () => {
  const refresh = (course: TestCourse): Promise<number> => refreshRecord(bench.db, course.batchId);
  const recordOf = async (course: TestCourse, studentId: string): Promise<{ badge: string; withdrawn: boolean; seen: boolean }[]> => (await bench.db.query<{ badge: string; withdrawn: boolean; seen: boolean }>(
    'select badge, withdrawn_at is not null as withdrawn, seen_at is not null as seen from achievements where batch_id = $1 and student_id = $2 order by badge', [course.batchId, studentId],
  )).rows;

  test('is written once, withdrawn with the publication, and the same again when it comes back', async () => {
    const course = await insertCourse(bench.db, { students: 1 });
    const [studentId] = course.studentIds as [string];
    const { examId } = await insertSatExam(bench.db, course, LONG_AGO, [{ studentId, points: 10 }]);
    expect([await refresh(course), await refresh(course)]).toEqual([2, 0]);
    await run('update achievements set seen_at = holdfast_now() where batch_id = $1', course.batchId);
    await run('update exams set results_published_at = null where id = $1', examId);
    expect(await refresh(course)).toBe(2);
    expect(await recordOf(course, studentId)).toEqual([{ badge: 'clean', withdrawn: true, seen: true }, { badge: 'perfect', withdrawn: true, seen: true }]);
    await run('update exams set results_published_at = holdfast_now() where id = $1', examId);
    expect(await refresh(course)).toBe(2);
    expect(await recordOf(course, studentId)).toEqual([{ badge: 'clean', withdrawn: false, seen: true }, { badge: 'perfect', withdrawn: false, seen: true }]);
  });

  test('withdraws what a regrade takes away', async () => {
    const course = await insertCourse(bench.db, { students: 1 });
    const [studentId] = course.studentIds as [string];
    const { sessionIds } = await insertSatExam(bench.db, course, LONG_AGO, [{ studentId, points: 10 }]);
    await refresh(course);
    await run('update grades set points = 9, version = version + 1 where session_id = $1', sessionIds[0]);
    expect(await refresh(course)).toBe(1);
    expect(await recordOf(course, studentId)).toContainEqual({ badge: 'perfect', withdrawn: true, seen: false });
  });
});
