import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { TestPerson } from '#tests/support/api.ts';
import type { TestBody } from '#tests/support/caller.ts';

import { demand, openStage, sleep, type Stage } from './stage.ts';
import { essay, openTab } from './tab.ts';

const ROUNDS = 60;

let stage: Stage;
let student: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  stage = await openStage();
  [student, other] = (await stage.api.students(2)) as [TestPerson, TestPerson];
});
afterAll(() => stage.close());

describe('an exam that is open in two windows', () => {
  test('is never blanked by the stale one, and after the hand-in of one the other changes nothing; what was refused can be read again', async () => {
    // Given windows A and B of one student, of which A has written more than B knows
    const examId = await stage.publish({ from: '10:00', to: '11:00', durationMinutes: 60, students: [student] });
    await stage.clockTo('10:00');
    const { sessionId, items } = await stage.sit(examId, student);
    const [a, b] = [openTab(student, sessionId), openTab(student, sessionId)];
    await demand(200, a.save(items.essay, essay('A: a long thought')));
    await demand(200, a.save(items.essay, essay('A: a long thought, finished')));

    // When B saves an empty text over it
    const stale = await b.save(items.essay, essay(''));

    // Then B gets a conflict with what is stored, and may go on from there
    expect([stale.status, stale.body.code, stale.body.current]).toMatchObject([409, 'stale-revision', { revision: 2, response: essay('A: a long thought, finished') }]);
    expect(await stored(sessionId)).toMatchObject([{ revision: 2, response: essay('A: a long thought, finished') }]);
    await demand(200, b.save(items.essay, essay('B: adopted and went on')));

    // When A hands in at 10:40, and B saves and hands in at 10:41
    await stage.clockTo('10:40');
    const { session } = await demand(200, student.post(`/sessions/${sessionId}/submit`, {}));
    await stage.clockTo('10:41');
    const late = await b.save(items.essay, essay('B: after the hand-in'));
    const again = await demand(200, student.post(`/sessions/${sessionId}/submit`, {}));

    // Then B gets a conflict, the submission is the one of 10:40, once, and B's texts are kept
    expect([late.status, late.body.code]).toEqual([409, 'session-closed']);
    expect([session.state, again.session]).toEqual(['submitted', session]);
    expect(await stored(sessionId)).toMatchObject([{ revision: 3, response: essay('B: adopted and went on') }]);
    const commands = await stage.api.pool.query('select kind, version from session_commands where session_id = $1', [sessionId]);
    expect(commands.rows).toEqual([{ kind: 'submit', version: 2 }]);
    const kept = await demand(200, student.get(`/sessions/${sessionId}/refused-answers`));
    expect(kept.items.map(({ response, code }: TestBody) => [response.text, code])).toEqual([['', 'stale-revision'], ['B: after the hand-in', 'session-closed']]);
    expect(await stage.brokenInvariants(examId)).toEqual([]);
  });

  test('whatever the order in which two windows save, none overwrites what it has not seen, and every text is either in the log or kept', async () => {
    // Given two windows that both write, a save of each on its way at any moment
    const examId = await stage.publish({ from: '12:00', to: '13:00', durationMinutes: 60, students: [other] });
    await stage.clockTo('12:00');
    const { sessionId, items } = await stage.sit(examId, other);
    const typed: string[] = [];
    const verdicts = { accepted: 0, refused: 0 };

    // When they save in any order; a window that is told it is stale goes on from what it is told
    const write = async (name: string): Promise<void> => {
      const tab = openTab(other, sessionId);
      for (let n = 0; n < ROUNDS; n += 1) {
        typed.push(`${name} ${n}`);
        const sent = tab.next(items.essay, essay(`${name} ${n}`));
        const { status, body } = await other.put(`/sessions/${sessionId}/answers/${items.essay}`, sent);
        if (status === 200) {
          // Then each accepted save follows the very revision that its window knew
          expect(body.revision).toBe(sent.baseRevision + 1);
          verdicts.accepted += 1;
          tab.learn(items.essay, body.revision);
        } else {
          expect([status, body.code, body.current.revision > sent.baseRevision]).toEqual([409, 'stale-revision', true]);
          verdicts.refused += 1;
          tab.learn(items.essay, body.current.revision);
        }
        await sleep(Math.random() * 4);
      }
    };
    await Promise.all([write('window A'), write('window B')]);

    // and no text is gone
    const textsIn = async (table: string): Promise<string[]> => {
      const { rows } = await stage.api.pool.query<{ text: string }>(`select response ->> 'text' as text from ${table} where session_id = $1 order by at`, [sessionId]);
      return rows.map((row) => row.text);
    };
    const [log, kept] = [await textsIn('(select session_id, response, revision as at from answer_revisions) r'), await textsIn('refused_answers')];
    expect([log.length, kept.length]).toEqual([verdicts.accepted, verdicts.refused]);
    expect(kept.length).toBeGreaterThan(0);
    expect([...log, ...kept].sort()).toEqual([...typed].sort());
    expect(await stored(sessionId)).toMatchObject([{ revision: verdicts.accepted, response: essay(log.at(-1)!) }]);
    expect(await stage.brokenInvariants(examId)).toEqual([]);
  });
});

async function stored(sessionId: string): Promise<TestBody[]> {
  return (await stage.api.pool.query('select revision, response from answers where session_id = $1', [sessionId])).rows;
}
