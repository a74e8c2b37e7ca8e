import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody } from '#tests/support/caller.ts';
import { grade, openExam } from '#tests/support/sat-exam.ts';
import { openStream } from '#tests/support/stream.ts';

const SWITCHES = ['score', 'items', 'key', 'feedback', 'distribution'] as const;
type Switch = (typeof SWITCHES)[number];

/** Words that only one switch lets out. */
const WORDS: Readonly<Record<Switch, readonly string[]>> = {
  score: ['"4.4375"', '"2.5"', '"gradeLabel"', '"rawPoints"', '"percent"', '"grade"'],
  items: ['Visible question', 'Visible a'],
  key: ['SECRET-ACCEPTED', 'SECRET-PATTERN', '2718.2818', '0.4142', '"key":{', '"scoring"'],
  feedback: ['SECRET-EXPLANATION', 'SECRET-FEEDBACK', '"explanation"', '"comment"'],
  distribution: ['"histogram"', '"meanPercent"', '"medianPercent"'],
};
const NEVER = ['"questionId"', '"seed"', '"closedVersion"', '"markedBy"', '"source"', '"rubric"', 'SECRET-REASON', 'SECRET-REVIEWER', '"reviewer"', '"moderation'];
const COMBINATIONS = Array.from({ length: 2 ** SWITCHES.length }, (_, bits) => SWITCHES.filter((_name, place) => (bits >> place) & 1));

let api: TestApi;
let teacher: TestPerson;
let students: readonly TestPerson[];
let examId: string;
const sessionIds: string[] = [];

beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.person('teacher');
  students = await api.students(5);
  examId = await openExam(api, { owner: teacher, students });
  for (const student of students) {
    const { body } = await student.post(`/exams/${examId}/sessions`, {});
    sessionIds.push(String(body.session.id));
    await student.put(`/sessions/${body.session.id}/answers/${body.paper.sections[0].items[0].id}`, { response: { optionId: 'a' }, clientId: null, clientSeq: 1 });
    await student.post(`/sessions/${body.session.id}/submit`, {});
    await grade(api, String(body.session.id));
  }
  // everything that is kept about results
  await teacher.post(`/exams/${examId}/moderations`, { kind: 'add', points: '1.9375', reason: 'SECRET-REASON' });
  await teacher.put(`/exams/${examId}/grade-scale`, { kind: 'percentile', bands: [{ label: 'top', topPercent: '50' }, { label: 'rest', topPercent: '100' }] }, { ifMatch: 0 });
  const { body } = await teacher.get(`/exams/${examId}/results?items=true`);
  await teacher.post(`/exams/${examId}/regrades`, { changes: [{ kind: 'drop', itemId: body.items![0]!.items![0]!.itemId }], reason: 'SECRET-REASON' });
});
afterAll(() => api.close());

async function show(shown: readonly Switch[]): Promise<void> {
  const results = { release: 'manual', releaseAt: null, ...Object.fromEntries(SWITCHES.map((name) => [name, shown.includes(name)])) };
  await api.pool.query('update exams set results = $2 where id = $1', [examId, JSON.stringify(results)]);
}

/** Everything about results that the first student can ask for, as one text. */
async function harvest(): Promise<string> {
  const [student, session] = [students[0]!, sessionIds[0]!];
  const paths = [
    '/results', `/results?examId=${examId}`, '/exams', `/exams/${examId}`,
    ...['', '/result', '/timeline', '/appeals', '/review', '/report.pdf'].map((path) => `/sessions/${session}${path}`),
    `/sessions/${sessionIds[1]}/result`, `/sessions/${sessionIds[1]}/appeals`,
    ...['results', 'results/summary', 'results/export', 'grade-scale', 'moderations', 'regrades', 'appeals', 'statistics'].map((path) => `/exams/${examId}/${path}`),
  ];
  const replies = [];
  for (const path of paths) replies.push(JSON.stringify((await student.get(path)).body));
  const stream = await openStream(api.url, `/stream?topics=session:${session},exam:${examId}&after=0`, student.token);
  await new Promise((resolve) => setTimeout(resolve, 150));
  stream.close();
  replies.push(stream.raw());
  const text = replies.join('\n');
  expect(text).not.toContain('"code":"internal"');
  return text;
}

const leaked = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word));

describe('before the publication', () => {
  test.each([{ shown: [...SWITCHES] }, { shown: [] }])('nothing of the result leaves on any channel, whatever the switches say: $shown', async ({ shown }) => {
    await show(shown);
    const text = await harvest();
    expect(text).toContain('results-not-published');
    expect(leaked(text, [...SWITCHES.flatMap((name) => WORDS[name]), ...NEVER])).toEqual([]);
  });
});

describe('after the publication', () => {
  beforeAll(async () => {
    await show([]);
    expect((await teacher.post(`/exams/${examId}/results/publish`)).status).toBe(200);
  });

  test.each(COMBINATIONS.map((shown) => ({ shown, name: shown.join(' and ') || 'nothing' })))('$name: this leaves, and nothing else', async ({ shown }) => {
    await show(shown);
    const text = await harvest();
    for (const name of SWITCHES) {
      const found = leaked(text, WORDS[name]);
      expect([name, found]).toEqual([name, shown.includes(name) ? WORDS[name] : []]);
    }
    expect(leaked(text, NEVER)).toEqual([]);
    const result = (await students[0]!.get(`/sessions/${sessionIds[0]}/result`)).body;
    const wanted = [
      'sessionId', 'examId', 'attempt', 'state', 'examTitle', 'passPercent', 'endedAt', 'publishedAt',
      ...(shown.includes('score') ? ['points', 'rawPoints', 'maxPoints', 'percent', 'grade', 'gradeLabel'] : []),
      ...(shown.includes('distribution') ? ['distribution'] : []),
      ...(['items', 'key', 'feedback'].some((name) => shown.includes(name as Switch)) ? ['items'] : []),
    ];
    expect(Object.keys(result).toSorted()).toEqual(wanted.toSorted());
    const members = [
      'itemId', 'section', ...(shown.includes('score') ? ['points', 'maxPoints'] : []), ...(shown.includes('items') ? ['item', 'response'] : []),
      ...(shown.includes('key') ? ['key'] : []), ...(shown.includes('feedback') ? ['feedback'] : []),
    ];
    for (const item of (result.items ?? []) as TestBody[]) expect(Object.keys(item).toSorted()).toEqual(members.toSorted());
  });

  test('the class is not told of when fewer than five count', async () => {
    await show(['distribution']);
    await api.pool.query(`update grades set state = 'pending', version = version + 1 where session_id = $1`, [sessionIds[4]]);
    expect((await students[0]!.get(`/sessions/${sessionIds[0]}/result`)).body).not.toHaveProperty('distribution');
  });

  test('taken back, nothing leaves again', async () => {
    await teacher.post(`/exams/${examId}/results/unpublish`);
    await show([...SWITCHES]);
    expect(leaked(await harvest(), [...SWITCHES.flatMap((name) => WORDS[name]), ...NEVER])).toEqual([]);
  });
});
