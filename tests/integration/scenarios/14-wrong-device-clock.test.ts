import { afterAll, beforeAll, expect, test } from 'vitest';

import type { TestReply } from '#tests/support/caller.ts';

import { demand, openStage, type Seat, type Stage } from './stage.ts';
import { essay, openTab } from './tab.ts';

const MINUTE_MS = 60_000;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** A device with a wall clock of its own. It shows the time left by what the server told, plus the time since by its stopwatch. */
interface Device {
  readonly name: string;
  /** Wall clock minus the true time, ms; somebody may turn it at any moment. */
  wrongByMs: number;
  /** What a request of this device carries of its clock. */
  headers(): Record<string, string>;
  /** Takes note of the clock of the server. */
  note(reply: TestReply): TestReply;
  /** Time left until an end that the server told, by the clock of the device corrected by what the server told. */
  leftMs(deadlineAt: string): number;
}

function createDevice(name: string, wrongByMs: number): Device {
  let told = { serverMs: 0, atMs: 0 };
  return {
    name,
    wrongByMs,
    headers() {
      return { Date: new Date(stage.nowMs() + this.wrongByMs).toUTCString() };
    },
    note(reply) {
      told = { serverMs: Date.parse(reply.headers.get('x-server-time')!), atMs: stage.nowMs() };
      return reply;
    },
    leftMs: (deadlineAt) => Date.parse(deadlineAt) - told.serverMs - (stage.nowMs() - told.atMs),
  };
}

test('devices whose clocks are behind, ahead or turned during the exam start, see the time left and end like one whose clock is right', async () => {
  // Given four devices: one right, one 5 min behind, one an hour ahead, one that is turned in the middle
  const devices = [createDevice('right', 0), createDevice('behind', -5 * MINUTE_MS), createDevice('ahead', 60 * MINUTE_MS), createDevice('turned', 0)];
  const students = await stage.api.students(devices.length);
  const examId = await stage.publish({ from: '10:00', to: '11:00', durationMinutes: 60, students, more: { proctoring: 'events' } });

  // When all of them try to start at 09:30, which is 10:30 on the one that is ahead
  await stage.clockTo('09:30');
  for (const [index, device] of devices.entries()) {
    const early = await students[index]!.post(`/exams/${examId}/sessions`, {}, { headers: device.headers() });
    // Then nothing is visible early
    expect([early.status, early.body.code]).toEqual([409, 'exam-not-open']);
    expect(JSON.stringify(early.body)).not.toContain('VISIBLE');
    const { body: shown } = device.note(await students[index]!.get(`/exams/${examId}`));
    expect(Math.abs(device.leftMs(shown.window.opensAt) - 30 * MINUTE_MS)).toBeLessThan(5_000);
  }

  // When they start at 10:00
  await stage.clockTo('10:00');
  const seats: Seat[] = [];
  for (const student of students) seats.push(await stage.sit(examId, student));

  // Then start and end are those of the server
  for (const { started } of seats) {
    expect(started.session.deadlineAt).toBe(new Date(stage.at('11:00')).toISOString());
    expect(Date.parse(started.session.startedAt)).toBeGreaterThanOrEqual(stage.at('10:00'));
  }

  // and all show the same time left, to a second, also after the clock of one was turned back by two hours
  for (const time of ['10:20', '10:30']) {
    await stage.clockTo(time);
    for (const [index, device] of devices.entries()) {
      if (device.name === 'turned' && time === '10:30') device.wrongByMs = -120 * MINUTE_MS;
      const { sessionId, student } = seats[index]!;
      const { body } = device.note(await student.get(`/sessions/${sessionId}`, { headers: device.headers() }));
      const leftMs = stage.at('11:00') - stage.nowMs();
      expect(Math.abs(device.leftMs(body.session.deadlineAt) - leftMs), device.name).toBeLessThan(1_000);
      expect(Math.abs(body.session.remainingMs - leftMs), device.name).toBeLessThan(1_000);
      // what a page reports is filed under its own time, what happened under that of the server
      const seenAt = new Date(stage.nowMs() + device.wrongByMs).toISOString();
      await demand(200, student.post(`/sessions/${sessionId}/observations`, { observations: [{ kind: 'focus-lost', at: seenAt }] }));
      // on the device that is ahead the exam is over by now, and its work is taken all the same
      await demand(200, openTab(student, sessionId, body.answers).save(seats[index]!.items.essay, essay(`written at ${time}`)));
    }
  }
  const { rows: filed } = await stage.api.pool.query<{ far: number }>(
    'select max(abs(instant_ms(at) - $2))::int as far from observations where session_id = any($1) and instant_ms(at) > $2 - 60000',
    [seats.map(({ sessionId }) => sessionId), stage.at('10:30')]);
  expect(filed[0]!.far).toBeLessThan(20_000);

  // When it is 11:02, and 10:57 on the device that is behind
  await stage.clockTo('11:02');
  await stage.allClosed(examId);

  // Then it is over for all of them alike
  expect((await stage.rows(examId, seats)).map((row) => [row.state, row.ended_ms])).toEqual(seats.map(() => ['expired', stage.at('11:00')]));
  for (const [index, { student, sessionId, items }] of seats.entries()) {
    const late = await student.put(`/sessions/${sessionId}/answers/${items.essay}`, { response: essay('still 10:57 here'), clientSeq: 99 }, { headers: devices[index]!.headers() });
    expect([late.status, late.body.code]).toEqual([409, 'deadline-passed']);
  }
  expect(await stage.brokenInvariants(examId)).toEqual([]);
});
