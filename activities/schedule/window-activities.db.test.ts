import { randomUUID } from 'node:crypto';

import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { PLATFORM } from '#db/audit.ts';
import { inTransaction } from '#db/connection.ts';
import { saveGrade } from '#db/grading/grades.ts';
import { applyTimeChange } from '#db/schedule/time-changes.ts';
import { moveWindow } from '#db/schedule/windows.ts';
import { runSessionCommand } from '#db/session/commands.ts';
import { type CoreBench, holdTransaction, openBench, originOf } from '#tests/support/core.ts';
import { type ExamRows, insertExam } from '#tests/support/exam-rows.ts';

import { INLINE_GRADING_LIMIT } from '../session/session-activities.ts';
import { createWindowActivities, type WindowActivities, type WindowView } from './window-activities.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let bench: CoreBench;
let activities: WindowActivities;
let examId: string;
let studentIds: string[];

beforeAll(async () => {
  bench = await openBench();
  activities = createWindowActivities({ db: bench.db, namespaceId: () => NAMESPACE, wake: () => undefined });
});
afterAll(() => bench.close());

const NAMESPACE = randomUUID();
const RUN = randomUUID();

async function exam(given: ExamRows = {}, release = 'manual', releaseInMs?: number): Promise<void> {
  ({ examId, studentIds } = await insertExam(bench.db, { durationMinutes: 60, opensInMs: HOUR, closesInMs: 3 * HOUR, students: 2, ...given }));
  const releaseAt = releaseInMs === undefined ? null : new Date((await bench.clock.nowMs()) + releaseInMs).toISOString();
  await bench.owner.query(`update exams set results = results || jsonb_build_object('release', $2::text, 'releaseAt', $3::text) where id = $1`, [examId, release, releaseAt]);
}

const load = (): Promise<WindowView> => activities.loadWindow({ examId, runId: RUN });
const reach = (key: string, version: number): Promise<WindowView> =>
  new MockActivityEnvironment().run(activities.reachMilestone, { examId, runId: RUN, version, key });
const keysOf = (view: WindowView, reached: boolean): string[] => view.milestones.filter((each) => each.reached === reached).map(({ key }) => key);
const dueAt = (view: WindowView, key: string): number => view.milestones.find((each) => each.key === key)!.dueAtMs;
const facts = async () => ({
  events: (await bench.db.query(`select data ->> 'kind' as kind from stream_events where exam_id = $1 and kind = 'window-changed' order by id`, [examId])).rows.map((row) => row['kind']),
  audit: (await bench.db.query(`select action from audit_log where exam_id = $1 order by id`, [examId])).rows.map((row) => row['action']),
});
const certificate = async () => (await bench.db.query('select certificate from close_outs where exam_id = $1', [examId])).rows[0]?.['certificate'];
const command = (sessionId: string, kind: 'pause' | 'resume' | 'reopen' | 'terminate', seconds?: number) =>
  inTransaction(bench.db, (tx) => runSessionCommand(tx, {
    sessionId, commandId: randomUUID(), kind, reason: 'why', origin: originOf(null), ...(seconds === undefined ? {} : { seconds }),
  }));
const grade = (sessionId: string, closedVersion: number, points: string | null) =>
  inTransaction(bench.db, (tx) => saveGrade(tx, { sessionId, closedVersion, items: [{ itemId: randomUUID(), points, maxPoints: '1' }], origin: PLATFORM }));

describe('the plan of a window', () => {
  test('lists what happens by itself, in order, and no reminder as long as none is sent', async () => {
    await exam({ lateEntryMinutes: 30 }, 'after-close');
    const view = await load();
    expect(keysOf(view, false)).toEqual(['waiting-room', 'open', 'last-entry', 'end', 'close-out', 'publication']);
    expect(view.milestones.filter(({ overSessions }) => overSessions).map(({ key }) => key)).toEqual(['close-out', 'publication']);
    const { rows } = await bench.db.query('select namespace_id, run_id, seen_version from window_workflows where exam_id = $1', [examId]);
    expect(rows).toEqual([{ namespace_id: NAMESPACE, run_id: RUN, seen_version: view.version }]);
  });

  test('of a draft is empty', async () => {
    await exam({ lifecycle: 'draft' });
    expect((await load()).milestones).toEqual([]);
  });

  test('of a cancelled exam is its close-out alone', async () => {
    await exam();
    await inTransaction(bench.db, (tx) => applyTimeChange(tx, { commandId: randomUUID(), examId, kind: 'cancel', scope: { all: true }, reason: 'flood', origin: originOf(null) }));
    expect(keysOf(await load(), false)).toEqual(['close-out']);
  });
});

describe('a milestone', () => {
  beforeEach(() => exam());

  test('before its time does nothing', async () => {
    const { version } = await load();
    expect(keysOf(await reach('open', version), true)).toEqual([]);
    expect((await facts()).events).toEqual([]);
  });

  test('at its time happens once, however often it is asked for', async () => {
    const { version } = await load();
    await bench.clock.advance(HOUR);
    expect(keysOf(await reach('open', version), true)).toEqual(['open']);
    await reach('open', version);
    expect(await facts()).toEqual({ events: ['opened'], audit: ['exam.opened'] });
  });

  test('that is of no use any more is noted as skipped', async () => {
    const { version } = await load();
    await bench.clock.advance(2 * HOUR);
    await reach('waiting-room', version);
    const { rows } = await bench.db.query('select key, outcome from exam_milestones where exam_id = $1', [examId]);
    expect(rows).toEqual([{ key: 'waiting-room', outcome: 'skipped' }]);
  });

  test('of a schedule that has moved does nothing and answers the new one', async () => {
    const { version } = await load();
    await bench.clock.advance(HOUR + MINUTE);
    const nowMs = await bench.clock.nowMs();
    await inTransaction(bench.db, (tx) => moveWindow(tx, {
      examId, commandId: randomUUID(), localStart: '2030-01-01T10:00', localEnd: '2030-01-01T12:00', timeZone: 'UTC',
      opensAtMs: nowMs + HOUR, closesAtMs: nowMs + 3 * HOUR, reason: 'fire drill', origin: originOf(null),
    }));
    const view = await reach('open', version);
    expect(view.version).toBe(version + 1);
    expect(keysOf(view, true)).toEqual([]);
    expect((await facts()).events).not.toContain('opened');
  });

  test('that stays where it was when another moves is not repeated', async () => {
    const { version } = await load();
    await bench.clock.advance(HOUR + MINUTE);
    await reach('open', version);
    const { rows } = await bench.db.query<{ opens: number }>('select instant_ms(opens_at) as opens from exams where id = $1', [examId]);
    await inTransaction(bench.db, (tx) => moveWindow(tx, {
      examId, commandId: randomUUID(), localStart: '2030-01-01T10:00', localEnd: '2030-01-01T14:00', timeZone: 'UTC',
      opensAtMs: rows[0]!.opens, closesAtMs: rows[0]!.opens + 5 * HOUR, reason: 'longer', origin: originOf(null),
    }));
    expect(keysOf(await load(), true)).toEqual(['open']);
  });
});

describe('the close-out', () => {
  const closeOut = async (): Promise<WindowView> => await reach('close-out', (await load()).version);

  test('closes what is due, then stores the certificate of an exam that is over for everybody', async () => {
    await exam();
    await bench.clock.advance(HOUR);
    await bench.start(examId, studentIds[0]!);
    await bench.clock.advance(2 * HOUR + 20_000);
    const view = await closeOut();
    expect(keysOf(view, true)).toContain('close-out');
    expect(await certificate()).toMatchObject({ state: 'closed', assigned: 2, counts: { expired: 1, absent: 1 } });
    expect((await facts()).audit).toContain('exam.close-out');
  });

  test('waits for somebody with more time, until that time is over', async () => {
    await exam();
    await bench.clock.advance(HOUR);
    const { id } = await bench.start(examId, studentIds[0]!);
    await inTransaction(bench.db, (tx) => runSessionCommand(tx, { sessionId: id, commandId: randomUUID(), kind: 'extend', seconds: 7_200, reason: 'why', origin: originOf(null) }));
    const before = await load();
    expect(dueAt(before, 'close-out') - before.nowMs).toBeGreaterThan(3 * HOUR - MINUTE);
    await bench.clock.advance(2 * HOUR + 20_000);
    expect(keysOf(await closeOut(), true)).not.toContain('close-out');
    expect(await certificate()).toBeUndefined();
    await bench.clock.advance(HOUR);
    expect(keysOf(await closeOut(), true)).toContain('close-out');
  });

  test('leaves out a row that somebody holds for the moment, and looks again', async () => {
    await exam();
    await bench.clock.advance(HOUR);
    const { id } = await bench.start(examId, studentIds[0]!);
    await bench.clock.advance(2 * HOUR + 20_000);
    const holder = await holdTransaction(bench.db);
    await holder.query('select from exam_sessions where id = $1 for update', [id]);
    const view = await closeOut();
    expect(keysOf(view, true)).not.toContain('close-out');
    expect(dueAt(view, 'close-out') - view.nowMs).toBeLessThanOrEqual(MINUTE);
    await holder.rollback();
    expect(keysOf(await closeOut(), true)).toContain('close-out');
  });

  test('looks again before the limit of a hold, because a person may end it', async () => {
    await exam();
    await bench.clock.advance(HOUR);
    const { id } = await bench.start(examId, studentIds[0]!);
    await command(id, 'pause');
    expect(dueAt(await load(), 'close-out') - (await bench.clock.nowMs())).toBeLessThan(3 * HOUR + MINUTE);
    await bench.clock.advance(3 * HOUR);
    const view = await closeOut();
    expect(keysOf(view, true)).not.toContain('close-out');
    expect(dueAt(view, 'close-out') - view.nowMs).toBeLessThanOrEqual(30 * MINUTE);
    await command(id, 'terminate');
    expect(keysOf(await closeOut(), true)).toContain('close-out');
  });

  test('is drawn up again after a re-open', async () => {
    await exam();
    await bench.clock.advance(HOUR);
    const { id } = await bench.start(examId, studentIds[0]!);
    await bench.clock.advance(2 * HOUR + 20_000);
    await closeOut();
    await command(id, 'reopen', 60);
    await bench.clock.advance(75_000);
    await command(id, 'terminate').catch(() => undefined);
    expect(keysOf(await load(), false)).toContain('close-out');
    expect(keysOf(await closeOut(), true)).toContain('close-out');
    expect((await certificate())?.counts).toMatchObject({ absent: 1 });
  });

  test('of a large exam has its sessions marked by one run', async () => {
    await exam({ students: 1 });
    await bench.owner.query(
      `with people as (insert into users (id, email, name, roles) select gen_random_uuid(), gen_random_uuid() || '@example.org', 'S', '{student}'
         from generate_series(1, $2) returning id)
       insert into exam_assignments (exam_id, student_id) select $1, id from people`,
      [examId, INLINE_GRADING_LIMIT],
    );
    await bench.clock.advance(HOUR);
    await bench.start(examId, studentIds[0]!);
    await bench.clock.advance(2 * HOUR + 20_000);
    await closeOut();
    const { rows } = await bench.db.query('select kind, state, total, params from runs where exam_id = $1', [examId]);
    expect(rows).toEqual([{ kind: 'grading', state: 'queued', total: 1, params: { only: 'ungraded' } }]);
  });
});

describe('the scan that an exam asks for', () => {
  const sat = async (settings: { automatic: boolean; level: number }): Promise<void> => {
    await exam();
    await bench.owner.query('update exams set plagiarism_scan = $2 where id = $1', [examId, JSON.stringify(settings)]);
    await bench.clock.advance(HOUR);
    for (const studentId of studentIds) await bench.start(examId, studentId);
    await bench.clock.advance(2 * HOUR + 20_000);
  };
  const closeOut = async (): Promise<WindowView> => await reach('close-out', (await load()).version);
  const scans = async () => (await bench.db.query(
    `select r.state, (r.params #>> '{parameters,level}')::float8 as level, r.created_by as by from runs r join plagiarism_scans p on p.run_id = r.id where r.exam_id = $1 order by r.created_at`, [examId],
  )).rows;

  test('starts by itself with the close-out, once, with the strictness of the exam', async () => {
    await sat({ automatic: true, level: 0.001 });
    await closeOut();
    await closeOut();
    expect(await scans()).toEqual([{ state: 'queued', level: 0.001, by: null }]);
  });

  test('does not start where the exam does not ask for it', async () => {
    await sat({ automatic: false, level: 0.01 });
    expect(keysOf(await closeOut(), true)).toContain('close-out');
    expect(await scans()).toEqual([]);
  });

  test('is neither lost nor started twice when the process dies before the close-out is stored', async () => {
    await sat({ automatic: true, level: 0.01 });
    await bench.owner.query(`create function die() returns trigger language plpgsql as $$ begin raise 'dies'; end $$`);
    await bench.owner.query('create trigger die before insert on plagiarism_scans for each row execute function die()');
    await expect(closeOut()).rejects.toThrow();
    await bench.owner.query('drop trigger die on plagiarism_scans');
    expect([await certificate(), await scans()]).toEqual([undefined, []]);
    await closeOut();
    expect(await scans()).toHaveLength(1);
  });

  test('is not repeated after a new window when nobody handed in since, and is when somebody did', async () => {
    await sat({ automatic: true, level: 0.01 });
    await closeOut();
    await bench.owner.query(`update runs set state = 'completed' where exam_id = $1`, [examId]);
    await bench.owner.query('delete from close_outs where exam_id = $1', [examId]);
    await bench.owner.query('delete from exam_milestones where exam_id = $1', [examId]);
    await closeOut();
    expect(await scans()).toHaveLength(1);
    const { rows } = await bench.db.query<{ id: string }>('select id from exam_sessions where exam_id = $1 limit 1', [examId]);
    await command(rows[0]!.id, 'reopen', 60);
    await command(rows[0]!.id, 'terminate');
    await bench.clock.advance(75_000);
    await closeOut();
    expect(await scans()).toHaveLength(2);
  });
});

describe('the publication', () => {
  const over = async (release: string, releaseInMs?: number): Promise<string> => {
    await exam({}, release, releaseInMs);
    await bench.clock.advance(HOUR);
    const { id } = await bench.start(examId, studentIds[0]!);
    await bench.clock.advance(2 * HOUR + 20_000);
    await reach('close-out', (await load()).version);
    return id;
  };
  const publish = async (): Promise<WindowView> => await reach('publication', (await load()).version);
  const publishedAt = async (): Promise<unknown> => (await bench.db.query('select results_published_at as at from exams where id = $1', [examId])).rows[0]!['at'];

  test('after the close waits until everybody is marked', async () => {
    const id = await over('after-close');
    const view = await publish();
    expect(keysOf(view, true)).not.toContain('publication');
    expect(dueAt(view, 'publication') - view.nowMs).toBeGreaterThan(10_000);
    expect(await publishedAt()).toBeNull();
    await grade(id, 2, '1');
    expect(keysOf(await publish(), true)).toContain('publication');
    expect(await publishedAt()).toBeInstanceOf(Date);
  });

  test('waits for the marks that a person has to give', async () => {
    const id = await over('after-close');
    await grade(id, 2, null);
    expect(keysOf(await publish(), true)).not.toContain('publication');
    expect(await publishedAt()).toBeNull();
  });

  test('is no milestone of an exam that is published by hand', async () => {
    await over('manual');
    expect((await load()).milestones.map(({ key }) => key)).not.toContain('publication');
  });

  test('of a set hour waits for that hour', async () => {
    const id = await over('at', 10 * HOUR);
    await grade(id, 2, '1');
    const mails = async () => (await bench.db.query('select template, recipient_id, created_by from mails where exam_id = $1', [examId])).rows;
    expect(keysOf(await publish(), true)).not.toContain('publication');
    expect(await mails()).toEqual([]);
    await bench.clock.advance(7 * HOUR);
    expect(keysOf(await publish(), true)).toContain('publication');
    await publish();
    expect(await mails()).toEqual([{ template: 'result-published', recipient_id: studentIds[0], created_by: null }]);
  });
});
