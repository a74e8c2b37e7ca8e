import { randomUUID } from 'node:crypto';

import { PLATFORM } from '#db/audit.ts';
import { inTransaction } from '#db/connection.ts';
import { closeSessionIfDue } from '#db/session/close.ts';
import { runSessionCommand } from '#db/session/commands.ts';
import type { SessionRow } from '#db/session/rows.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type NewGrade, saveGrade, saveGrades } from './grades.ts';
import { selectGradingInput } from './input.ts';

let bench: CoreBench;
let closed: SessionRow;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 1, endRule: 'duration' });
  const { id } = await bench.start(examId, studentIds[0]!);
  await bench.clock.advance(70_500);
  closed = await closeSessionIfDue(bench.db, id);
  await bench.clock.advance(-70_500);
});

const ITEMS = [randomUUID(), randomUUID(), randomUUID()] as const;
const grade = (given: Partial<NewGrade> = {}) =>
  inTransaction(bench.db, (tx) =>
    saveGrade(tx, {
      sessionId: closed.id, closedVersion: closed.closedVersion!, origin: PLATFORM,
      items: [
        { itemId: ITEMS[0], points: '0.3333', maxPoints: '1' },
        { itemId: ITEMS[1], points: '-0.25', maxPoints: '1.5' },
        { itemId: ITEMS[2], points: null, maxPoints: '10' },
      ],
      ...given,
    }));
const stored = async () => (await bench.db.query('select points, max_points, state, version from grades where session_id = $1', [closed.id])).rows;

describe('a grade', () => {
  it('is the exact sum of its marks and is stored once, however often it is computed', async () => {
    const first = await grade();
    expect(first).toEqual({ saved: true, state: 'pending', gradedCount: 2, pendingCount: 1, version: 1 });
    expect(await grade()).toEqual(first);
    expect(await stored()).toEqual([{ points: '0.0833', max_points: '12.5000', state: 'pending', version: 1 }]);
    const { rows } = await bench.db.query(`select count(*) as n from stream_events where session_id = $1 and kind = 'graded'`, [closed.id]);
    expect(rows[0]).toEqual({ n: 1 });
  });

  it('computed again with another key changes machine marks and leaves those of people alone', async () => {
    await grade();
    await bench.db.query(`update marks set source = 'manual', state = 'graded', points = 7 where session_id = $1 and item_id = $2`, [closed.id, ITEMS[2]]);
    await grade({
      items: [{ itemId: ITEMS[0], points: '1', maxPoints: '1' }, { itemId: ITEMS[1], points: '-0.25', maxPoints: '1.5' }, { itemId: ITEMS[2], points: null, maxPoints: '10' }],
    });
    expect(await stored()).toEqual([{ points: '7.7500', max_points: '12.5000', state: 'graded', version: 2 }]);
  });

  it('that the machine could make once and can not any more waits for a person, and comes back when the machine can again', async () => {
    await grade();
    await bench.db.query(`update marks set source = 'manual', state = 'graded', points = 7 where session_id = $1 and item_id = $2`, [closed.id, ITEMS[2]]);
    expect(await grade({ items: [], needsManual: 'a key does not fit' })).toMatchObject({ state: 'needs-manual', gradedCount: 1, pendingCount: 2 });
    const { rows } = await bench.db.query('select points::float8, state from marks where session_id = $1 order by points nulls first', [closed.id]);
    expect(rows).toEqual([{ points: null, state: 'pending' }, { points: null, state: 'pending' }, { points: 7, state: 'graded' }]);
    expect(await grade()).toMatchObject({ state: 'graded', gradedCount: 3, pendingCount: 0 });
    expect((await stored())[0]).toMatchObject({ points: '7.0833' });
  });

  it('of a session that was re-opened meanwhile is not stored', async () => {
    const input = await selectGradingInput(bench.db, closed.id);
    await inTransaction(bench.db, (tx) =>
      runSessionCommand(tx, { sessionId: closed.id, commandId: randomUUID(), kind: 'reopen', seconds: 60, reason: 'why', origin: originOf(null) }));
    expect(await grade({ closedVersion: input.session.closedVersion })).toMatchObject({ saved: false });
    await expect(selectGradingInput(bench.db, closed.id)).rejects.toMatchObject({ code: 'state-conflict' });
    expect(await stored()).toEqual([]);
  });

  it('is stored for many sessions at once, each judged by its own close', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 1, endRule: 'duration', students: 3 });
    const ids = await Promise.all(studentIds.map(async (studentId) => (await bench.start(examId, studentId)).id));
    await bench.clock.advance(70_500);
    const rows = await Promise.all(ids.map((id) => closeSessionIfDue(bench.db, id)));
    await bench.clock.advance(-70_500);
    const items = [{ itemId: ITEMS[0], points: '1', maxPoints: '2' }];
    const all = [
      { sessionId: ids[0]!, closedVersion: rows[0]!.closedVersion!, items },
      { sessionId: ids[1]!, closedVersion: rows[1]!.closedVersion! + 1, items },
      { sessionId: ids[2]!, closedVersion: rows[2]!.closedVersion!, items: [], needsManual: 'the key is broken' },
    ];
    const save = () => inTransaction(bench.db, (tx) => saveGrades(tx, all, PLATFORM));
    const verdicts = [{ saved: true, state: 'graded', version: 1 }, { saved: false }, { saved: true, state: 'needs-manual', version: 1 }];
    expect(await save()).toMatchObject(verdicts);
    expect(await save()).toMatchObject(verdicts);
    const { rows: told } = await bench.db.query(`select session_id from stream_events where exam_id = $1 and kind = 'graded' order by id`, [examId]);
    expect(told.map((row) => row['session_id']).sort()).toEqual([ids[0], ids[2]].sort());
    const { rows: audited } = await bench.db.query(`select count(*)::int as n from audit_log where exam_id = $1 and action = 'session.grade'`, [examId]);
    expect(audited[0]).toEqual({ n: 2 });
  });

  it('that a machine can not give is left to a person, with the reason', async () => {
    expect(await grade({ items: [], needsManual: 'the key is broken' })).toMatchObject({ saved: true, state: 'needs-manual', version: 1 });
    expect(await grade()).toMatchObject({ saved: true, state: 'pending', version: 2 });
  });
});
