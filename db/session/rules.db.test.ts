import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import {
  capAtMs, deadlineMs, type EndRule, entitledMs, pauseCreditMs, PAUSE_LIMIT_MS, remainingMs, scaledSeconds, shortenedExtraMs,
} from '#domain/session/timing.ts';
import { buildAnswer, type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createAnswerLane } from './answers.ts';
import { createCloseLoop } from './close.ts';
import { runSessionCommand, type StaffCommandKind } from './commands.ts';
import { checkInvariants } from './invariants.ts';
import { sessionColumns, type SessionRow, toSessionRow } from './rows.ts';
import { startSession } from './start.ts';
import { submitSession } from './submit.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Puts the rule of the database to a row that exists nowhere. */
async function change(row: SessionRow, kind: string, atMs: number, ms: number, capMs: number | null, zone: string): Promise<SessionRow> {
  return inTransaction(bench.db, async (tx) => {
    await tx.query(`set local timezone = '${zone}'`);
    const at = (name: string) => `to_timestamp(($1::jsonb ->> '${name}')::numeric / 1000)`;
    const { rows } = await tx.query(
      `select ${sessionColumns('t')} from session_change(row(
         ($1::jsonb ->> 'id')::uuid, ($1::jsonb ->> 'examId')::uuid, ($1::jsonb ->> 'studentId')::uuid, 1, $1::jsonb ->> 'state', ($1::jsonb ->> 'version')::int,
         ${at('startedAtMs')}, ($1::jsonb ->> 'entitledMs')::bigint, ($1::jsonb ->> 'durationMs')::bigint, 1, ${at('capAtMs')},
         ($1::jsonb ->> 'extraMs')::bigint, ($1::jsonb ->> 'pausedTotalMs')::bigint, ${at('deadlineAtMs')}, ($1::jsonb ->> 'graceMs')::int, ${at('cutoffAtMs')},
         ${at('pausedAtMs')}, ${at('pauseLimitAtMs')}, null, null, null, null, 7, 0)::exam_sessions,
         $2, to_timestamp($3::numeric / 1000), $4, to_timestamp($5::numeric / 1000), to_timestamp($3::numeric / 1000) + interval '24 hours') t`,
      [JSON.stringify(row), kind, atMs, ms, capMs],
    );
    return toSessionRow(rows[0] as object);
  });
}

const HOUR = 3_600_000;
// the hours around both changes of summer time in Zurich, 2026
const nearDst = fc.constantFrom(Date.UTC(2026, 2, 28, 20), Date.UTC(2026, 9, 24, 20)).chain((base) => fc.integer({ min: 0, max: 12 * HOUR }).map((ms) => base + ms));
const session = fc
  .record({
    startedAtMs: nearDst, entitledMs: fc.integer({ min: 1, max: 48 * 3_600 }).map((s) => s * 1000), capInMs: fc.option(fc.integer({ min: 0, max: 48 * HOUR })),
    extraMs: fc.integer({ min: 0, max: 7_200 }).map((s) => s * 1000), pausedTotalMs: fc.integer({ min: 0, max: 26 * HOUR }), graceMs: fc.integer({ min: 0, max: 600_000 }),
    version: fc.integer({ min: 1, max: 50 }),
  })
  .map(({ capInMs, ...parts }): SessionRow => {
    const capAtMsOrNone = capInMs === null ? null : parts.startedAtMs + capInMs;
    const deadlineAtMs = deadlineMs({ ...parts, capAtMs: capAtMsOrNone });
    return {
      id: randomUUID(), examId: randomUUID(), studentId: randomUUID(), attempt: 1, state: 'active', ...parts, durationMs: parts.entitledMs, timeMultiplier: '1.0000',
      capAtMs: capAtMsOrNone, deadlineAtMs, cutoffAtMs: deadlineAtMs + parts.graceMs, pausedAtMs: null, pauseLimitAtMs: null,
      endedAtMs: null, closedAtMs: null, closeReason: null, closedVersion: null, seed: '7',
    };
  });
const zone = fc.constantFrom('UTC', 'Europe/Zurich', 'Pacific/Kiritimati');
const RUNS = { numRuns: 60 };

describe('the rules of the database and of the domain are the same', () => {
  it('for extending and shortening, in any time zone and across summer time', () =>
    fc.assert(
      fc.asyncProperty(session, zone, fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 0, max: 50 * HOUR }), async (row, tz, seconds, afterMs) => {
        const atMs = row.startedAtMs + afterMs;
        const extended = await change(row, 'extend', atMs, seconds * 1000, null, tz);
        expect(extended.deadlineAtMs).toBe(row.deadlineAtMs + seconds * 1000);
        expect(extended.cutoffAtMs).toBe(extended.deadlineAtMs + row.graceMs);
        const shortened = await change(row, 'shorten', atMs, seconds * 1000, null, tz);
        expect(shortened.extraMs).toBe(shortenedExtraMs(row, seconds, atMs));
        expect(shortened.deadlineAtMs).toBe(deadlineMs(shortened));
      }),
      RUNS,
    ));

  it('for pausing and resuming: exactly the paused time comes back', () =>
    fc.assert(
      fc.asyncProperty(session, zone, fc.integer({ min: 0, max: 5 * HOUR }), fc.integer({ min: 1, max: 30 * HOUR }), async (row, tz, afterMs, pausedMs) => {
        const pausedAtMs = row.startedAtMs + afterMs;
        const paused = await change(row, 'pause', pausedAtMs, 0, null, tz);
        expect(paused).toMatchObject({ state: 'paused', pausedAtMs, deadlineAtMs: row.deadlineAtMs, pauseLimitAtMs: pausedAtMs + PAUSE_LIMIT_MS });
        const resumed = await change(paused, 'resume', pausedAtMs + pausedMs, 0, null, tz);
        expect(resumed).toMatchObject({ state: 'active', pausedTotalMs: row.pausedTotalMs + pauseCreditMs(pausedAtMs, pausedAtMs + pausedMs), version: row.version + 2 });
        expect(remainingMs(resumed.deadlineAtMs, pausedAtMs + pausedMs, null)).toBe(remainingMs(row.deadlineAtMs, pausedAtMs, null));
      }),
      RUNS,
    ));

  it('for a moved cap: there and back again is where it was, and no move goes behind the clock', () =>
    fc.assert(
      fc.asyncProperty(session, zone, fc.integer({ min: 0, max: 50 * HOUR }), fc.integer({ min: -50 * HOUR, max: 50 * HOUR }), async (row, tz, afterMs, byMs) => {
        fc.pre(row.capAtMs !== null);
        const atMs = row.startedAtMs + afterMs;
        const moved = await change(row, 'window', atMs, 0, row.capAtMs! + byMs, tz);
        const wanted = deadlineMs({ ...row, capAtMs: row.capAtMs! + byMs });
        expect(moved.deadlineAtMs).toBe(Math.max(wanted, Math.min(row.deadlineAtMs, atMs)));
        // unless the first move gave time back that has passed since
        expect((await change(moved, 'window', atMs, 0, row.capAtMs, tz)).deadlineAtMs).toBe(Math.max(row.deadlineAtMs, Math.min(moved.deadlineAtMs, atMs)));
      }),
      RUNS,
    ));

  it('for own time, cap and scaled seconds', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 10_080 }), fc.integer({ min: 10_000, max: 50_000 }), fc.integer({ min: 0, max: 1_440 }), fc.constantFrom<EndRule>('window', 'duration'),
        fc.integer({ min: 1, max: 86_400 }), nearDst,
        async (durationMinutes, tenThousandths, extraMinutes, endRule, seconds, closesAtMs) => {
          const timeMultiplier = (tenThousandths / 10_000).toFixed(4);
          const own = entitledMs({ durationMinutes, timeMultiplier, extraMinutes });
          const { rows } = await bench.db.query<{ own: number; cap: number | null; scaled: number }>(
            `select ceil(($1::int * $2::numeric(6,4) + $3::int) * 60)::bigint * 1000 as own,
               instant_ms(session_cap($4, to_timestamp($5::numeric / 1000), 0, $6, $1::int * 60000)) as cap, ceil($7::bigint * $2::numeric(6,4))::bigint as scaled`,
            [durationMinutes, timeMultiplier, extraMinutes, endRule, closesAtMs, own, seconds],
          );
          expect(rows[0]).toEqual({
            own, cap: capAtMs({ endRule, closesAtMs, entitledMs: own, durationMs: durationMinutes * 60_000 }), scaled: scaledSeconds(seconds, timeMultiplier),
          });
        }),
      RUNS,
    ));
});

describe('a day', () => {
  it('has 24 hours for a limit, and 25 where summer time ends', async () => {
    const { rows } = await inTransaction(bench.db, async (tx) => {
      await tx.query(`set local timezone = 'Europe/Zurich'`);
      return tx.query(`select extract(epoch from t + interval '24 hours' - t)::int / 3600 as hours, extract(epoch from t + interval '1 day' - t)::int / 3600 as day
        from (select timestamptz '2026-10-24T12:00:00Z' as t) x`);
    });
    expect(rows[0]).toEqual({ hours: 24, day: 25 });
    const { rows: uses } = await bench.owner.query(
      `select proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and pg_get_functiondef(p.oid) ~ 'interval ''[0-9]+ (day|week|month|year)'`);
    expect(uses).toEqual([]);
  });
});

describe('everything at once', () => {
  it('saves, commands, hand-ins, bulk closes around the deadline leave rows in which every invariant holds', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { students: 40, durationMinutes: 60, graceSeconds: 0, endRule: 'duration' });
    const sessions = await Promise.all(studentIds.map((studentId) => bench.start(examId, studentId)));
    // the whole class ends within the second that follows
    await bench.clock.advance(3_600_000 - 500);
    const lanes = [createAnswerLane(bench.db.pool), createAnswerLane(bench.db.pool)];
    const errors: object[] = [];
    const loop = createCloseLoop(bench.db, { onClosed: () => undefined, log: { warn: () => undefined, error: (fields) => errors.push(fields) } });
    const origin = originOf(null);
    const command = (sessionId: string, kind: StaffCommandKind) =>
      inTransaction(bench.db, (tx) => runSessionCommand(tx, { sessionId, commandId: randomUUID(), kind, seconds: 1, origin, reason: null })).catch(() => undefined);
    const acknowledged = new Set<string>();
    const until = performance.now() + 1_500;
    const savers = sessions.map(async ({ id }, index) => {
      const window = { sessionId: id, itemId: randomUUID(), clientId: randomUUID() };
      for (let clientSeq = 1; performance.now() < until; clientSeq += 1) {
        const verdict = await lanes[index % 2]!.save(buildAnswer({ ...window, clientSeq, response: { text: `${clientSeq}` } }));
        if (verdict.ok) acknowledged.add(`${id} ${window.itemId} ${verdict.revision} ${clientSeq}`);
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    const kinds: StaffCommandKind[] = ['extend', 'pause', 'resume', 'shorten', 'reopen', 'terminate'];
    const staff = [0, 1].map(async (lane) => {
      for (let turn = lane; performance.now() < until; turn += 2) await command(sessions[turn % sessions.length]!.id, kinds[(turn >> 1) % kinds.length]!);
    });
    const students = sessions.slice(0, 8).map(({ id }) =>
      inTransaction(bench.db, (tx) => submitSession(tx, { sessionId: id, commandId: randomUUID(), origin })));
    const closer = (async () => {
      while (performance.now() < until) await loop.tick();
    })();
    await Promise.all([...savers, ...staff, ...students, closer]);
    await Promise.all(lanes.map((lane) => lane.close()));

    expect(errors).toEqual([]);
    expect((await checkInvariants(bench.db, examId)).filter(({ holds }) => !holds)).toEqual([]);
    const { rows } = await bench.db.query<{ key: string }>(
      `select r.session_id || ' ' || r.item_id || ' ' || r.revision || ' ' || r.client_seq as key from answer_revisions r join exam_sessions s on s.id = r.session_id where s.exam_id = $1`,
      [examId],
    );
    const log = new Set(rows.map(({ key }) => key));
    expect(acknowledged.size).toBeGreaterThan(100);
    expect([...acknowledged].filter((key) => !log.has(key))).toEqual([]);
    await bench.clock.advance(-3_599_500);
  });

  it('a thousand clicks of 250 students start 250 sessions', async () => {
    const { examId } = await insertExam(bench.db, { students: 0 });
    await bench.db.query(
      `with people as (insert into users (id, email, name, roles) select gen_random_uuid(), gen_random_uuid()::text, 'S', array['student'] from generate_series(1, 250) returning id)
       insert into exam_assignments (exam_id, student_id) select $1, id from people`,
      [examId],
    );
    const { rows } = await bench.db.query<{ student_id: string }>('select student_id from exam_assignments where exam_id = $1', [examId]);
    const clicks = rows.flatMap(({ student_id: studentId }) => Array.from({ length: 4 }, () => studentId)).values();
    const started: { id: string; created: boolean }[] = [];
    // as many at a time as there are connections, the clicks of a student side by side
    await Promise.all(Array.from({ length: 12 }, async () => {
      for (const studentId of clicks) {
        const { session: one, created } = await startSession(bench.db, { examId, studentId, accessCodeOk: () => Promise.resolve(true), origin: originOf(studentId) });
        started.push({ id: one.id, created });
      }
    }));
    expect(started).toHaveLength(1_000);
    expect(new Set(started.map(({ id }) => id)).size).toBe(250);
    expect(started.filter(({ created }) => created)).toHaveLength(250);
  });
});
