import { describe, expect, test } from 'vitest';

import type { Route } from '#api/http/route.ts';
import type { Figures } from '#db/admin/health.ts';

import { alertsOf } from './health.ts';
import { readReadiness, type Readiness } from './readiness.ts';
import { createRouteLabels } from './route-labels.ts';

type ReadinessDeps = Parameters<typeof readReadiness>[0];
const depsWith = (postgres: boolean, temporal: number | null, nats: number | null, natsUrl?: string): ReadinessDeps => ({
  config: { natsUrl }, db: { query: () => (postgres ? Promise.resolve({}) : Promise.reject(new Error('away'))) },
  workflows: { pingMs: () => Promise.resolve(temporal) }, bus: { pingMs: () => Promise.resolve(nats) },
}) as unknown as ReadinessDeps;

describe('readiness', () => {
  test.each([
    ['everything is there', depsWith(true, 1, 1, 'nats://'), 'ok'],
    ['no NATS is wanted', depsWith(true, 1, null), 'ok'],
    ['NATS is wanted and away', depsWith(true, 1, null, 'nats://'), 'degraded'],
    ['Temporal is away', depsWith(true, null, 1, 'nats://'), 'degraded'],
    ['Postgres is away', depsWith(false, 1, 1, 'nats://'), 'down'],
  ])('when %s', async (_when, deps, status) => {
    expect((await readReadiness(deps)).status).toBe(status);
  });

  test('a server that does not answer within 2 s counts as away', async () => {
    const deps = { ...depsWith(true, 1, 1), db: { query: () => new Promise(() => undefined) } } as unknown as ReadinessDeps;
    const began = performance.now();
    expect(await readReadiness(deps)).toMatchObject({ status: 'down', postgres: { ok: false, latencyMs: null } });
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe('alerts', () => {
  const ready = { status: 'ok', postgres: { ok: true }, temporal: { ok: true }, nats: { ok: true, configured: true } } as Readiness;
  const calm = { nowMs: 100_000, pulses: [{ name: 'worker', beatAtMs: 99_000, data: {} }], pastCutoff: 0, outboxOldestMs: 60_000, sequencerLagMs: 5_000, clock: { offsetMs: -100, delayMs: 9, server: 'ntp', atMs: 100_000 - 1_700_000 }, mails: { awayMs: 60_000, sent: 95, failed: 5 } } as unknown as Figures;
  const room = { freeBytes: 15, totalBytes: 100 };
  test.each<[string, Partial<Figures>, Partial<Readiness>, { freeBytes: number; totalBytes: number }, string[]]>([
    ['all is well', {}, {}, room, []],
    ['a session is open past its cut-off', { pastCutoff: 1 }, {}, room, ['sessions-past-cutoff']],
    ['the oldest wake-up is over a minute old', { outboxOldestMs: 60_001 }, {}, room, ['outbox-old']],
    ['events wait for more than 5 s', { sequencerLagMs: 5_001 }, {}, room, ['sequencer-slow']],
    ['the worker is silent for over 10 s', { nowMs: 109_001 }, {}, room, ['worker-away']],
    ['the clock is off', { clock: { offsetMs: -101, delayMs: 9, server: 'ntp', atMs: 99_000 } }, {}, room, ['clock-off']],
    ['network time has been silent', { clock: { offsetMs: 0, delayMs: 9, server: 'ntp', atMs: 100_000 - 1_800_001 } }, {}, room, ['ntp-silent']],
    ['network time is not asked', { clock: null }, {}, room, []],
    ['no mail gets through for a minute', { mails: { awayMs: 60_001, sent: 0, failed: 0 } }, {}, room, ['mail-away']],
    ['more than one mail in twenty fails', { mails: { awayMs: null, sent: 94, failed: 5 } }, {}, room, ['mail-failing']],
    ['one of few mails fails', { mails: { awayMs: null, sent: 1, failed: 4 } }, {}, room, []],
    ['there never was a worker', { pulses: [] }, {}, room, ['worker-away']],
    ['Temporal is away', {}, { temporal: { ok: false, latencyMs: null } }, room, ['temporal-away']],
    ['NATS is away', {}, { nats: { ok: false, latencyMs: null, configured: true } }, room, ['nats-away']],
    ['the disk is 86 % full', {}, {}, { freeBytes: 14, totalBytes: 100 }, ['disk-full']],
  ])('when %s', (_when, figures, readiness, disk, codes) => {
    expect(alertsOf({ ...ready, ...readiness }, { ...calm, ...figures }, disk).map((alert) => alert.code)).toEqual(codes);
  });
});

describe('labels of routes', () => {
  const routes = ['/users/{userId}', '/users/bulk', '/users/by-external-id/{externalId}', '/exams/{examId}/results'].map((path) => ({ path }) as Route);
  const labelOf = createRouteLabels(routes);
  test.each([
    ['GET', '/api/v1/users/0199', 'GET /users/{userId}'],
    ['POST', '/api/v1/users/bulk', 'POST /users/bulk'],
    ['HEAD', '/api/v1/users/0199', 'GET /users/{userId}'],
    ['PUT', '/api/v1/users/by-external-id/a.b', 'PUT /users/by-external-id/{externalId}'],
    ['GET', '/api/v1/exams/1/results/2', 'other'],
    ['GET', '/api/v1', 'other'],
    ['GET', '/wp-login.php', 'other'],
    ['GET', '/', '/'],
  ])('%s %s is %s', (method, path, label) => {
    expect(labelOf(method, path)).toBe(label);
  });
});
