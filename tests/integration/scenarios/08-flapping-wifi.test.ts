import { afterAll, beforeAll, expect, test } from 'vitest';

import { followStream, type StreamMessage } from '#bench/lib/sse-client.ts';
import type { TestPerson } from '#tests/support/api.ts';
import { type Caller, createCaller, type TestReply } from '#tests/support/caller.ts';
import { createTcpProxy, type TcpProxy } from '#tests/support/workflow-proxy.ts';

import { demand, openStage, type Seat, sleep, type Stage, until } from './stage.ts';
import { essay, openTab } from './tab.ts';

const STUDENTS = 12;
const DROPS_EACH = 4;
/** Four hours in so many milliseconds; drops of 10 s to 5 min become shorter with them. */
const LASTS_MS = 4_000;
const DROP_MS = { shortest: 20, longest: 250 };
const MESSAGES = 5;

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(STUDENTS);
});
afterAll(() => stage.close());

/** A student behind a radio link. */
interface Link {
  readonly seat: Seat;
  readonly radio: TcpProxy;
  readonly caller: Caller;
  /** The newest response that was acknowledged, and how many saves were. */
  newest: { response: unknown; revision: number };
  acknowledged: number;
  sentAgain: number;
  readonly heard: StreamMessage[];
  stop(): void;
}

async function connectLink(seat: Seat): Promise<Link> {
  const radio = await createTcpProxy();
  radio.pointTo(Number(new URL(stage.api.url).port));
  const url = `http://${radio.address}`;
  const heard: StreamMessage[] = [];
  const follow = followStream(`${url}/api/v1/sessions/${seat.sessionId}/stream?after=${String(seat.started.streamPosition)}`, () => seat.student.token, (message) => heard.push(message));
  await follow.opened;
  return { seat, radio, caller: createCaller(url, seat.student.token), newest: { response: null, revision: 0 }, acknowledged: 0, sentAgain: 0, heard, stop: () => follow.close() };
}

/** Cuts the link at random moments for random times; at the end it is up. */
async function flap({ radio }: Link): Promise<void> {
  for (let drop = 0; drop < DROPS_EACH; drop += 1) {
    await sleep(Math.random() * (LASTS_MS / DROPS_EACH - DROP_MS.longest));
    radio.pointTo(undefined);
    await sleep(DROP_MS.shortest + Math.random() * (DROP_MS.longest - DROP_MS.shortest));
    radio.pointTo(Number(new URL(stage.api.url).port));
  }
}

/** Saves one text after the other; a save whose answer is lost is sent again as it was, until there is an answer. */
async function write(link: Link, untilMs: number): Promise<void> {
  const { sessionId, items } = link.seat;
  const tab = openTab(link.caller, sessionId);
  for (let n = 1; performance.now() < untilMs; n += 1) {
    const body = tab.next(items.essay, essay(`version ${n} of ${sessionId}`));
    const reply = await insist(link, () => link.caller.put(`/sessions/${sessionId}/answers/${items.essay}`, body));
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    tab.learn(items.essay, reply.body.revision);
    link.newest = { response: body.response, revision: reply.body.revision };
    link.acknowledged += 1;
    await sleep(30);
  }
}

async function insist(link: Link, call: () => Promise<TestReply>): Promise<TestReply> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      // a connection that broke before or after the request was read; anything else is a failure of the test
      if (!(error instanceof TypeError)) throw error;
      link.sentAgain += 1;
      await sleep(20);
    }
  }
}

test('links that drop all the time lose no acknowledged answer, no message and no log-in, and the newest acknowledged version is what is submitted', async () => {
  // Given a class behind links that drop at random
  const examId = await stage.publish({ from: '10:00', to: '14:00', durationMinutes: 240, students });
  await stage.clockTo('10:00');
  const links = await Promise.all((await stage.sitAll(examId, students)).map(connectLink));

  // When all of them write, while somebody speaks to the class
  const endMs = performance.now() + LASTS_MS;
  const speaking = (async () => {
    for (let n = 1; n <= MESSAGES; n += 1) {
      await sleep(LASTS_MS / MESSAGES);
      await demand(201, stage.proctor.post(`/exams/${examId}/messages`, { text: `message ${n}`, scope: { all: true } }));
    }
  })();
  await Promise.all([speaking, ...links.map(flap), ...links.map((link) => write(link, endMs))]);
  const said = Array.from({ length: MESSAGES }, (_, n) => `message ${n + 1}`);
  await until(() => links.every((link) => textsOf(link).length >= MESSAGES));
  await stage.clockTo('14:00');
  await stage.allClosed(examId);

  // Then something was really lost on the way, and every save was made exactly once
  expect(links.reduce((sum, { sentAgain }) => sum + sentAgain, 0)).toBeGreaterThan(0);
  for (const link of links) {
    const { student, sessionId } = link.seat;
    const { body } = await student.get(`/sessions/${sessionId}`);
    expect(body).toMatchObject({ session: { state: 'expired' }, answers: [link.newest] });
    const { rows } = await stage.api.pool.query<{ revisions: number; last: number }>(
      'select count(*)::int as revisions, max(revision) as last from answer_revisions where session_id = $1', [sessionId]);
    expect(rows).toEqual([{ revisions: link.acknowledged, last: link.acknowledged }]);
    // each message once and in order, and no answer that said to log in again
    expect(textsOf(link)).toEqual(said);
    link.stop();
    await link.radio.close();
  }
  expect(await stage.brokenInvariants(examId)).toEqual([]);
});

/** What was said, as a page shows it that drops what it has seen. */
function textsOf({ heard }: Link): unknown[] {
  const seen = new Map(heard.filter(({ event }) => event === 'message').map(({ id, data }) => [id, data['text']]));
  return [...seen.values()];
}
