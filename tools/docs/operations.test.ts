import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { alertsOf } from '#api/operations/health.ts';
import type { Readiness } from '#api/operations/readiness.ts';
import type { Figures } from '#db/admin/health.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const page = read('docs/operations.md');
const found = (path: string, pattern: RegExp): string[] => [...read(path).matchAll(pattern)].map(([, name]) => name!);

test.each([
  ['api/config.ts', /^ {2}([A-Z][A-Z0-9_]+): z\./gm],
  ['worker/config.ts', /^ {2}([A-Z][A-Z0-9_]+): z\./gm],
  ['tools/config.ts', /(?:given\(|process\.env\[)'([A-Z][A-Z0-9_]+)'/g],
])('docs/operations.md explains every variable of %s', (path, pattern) => {
  const names = found(path, pattern);
  expect(names.length).toBeGreaterThan(5);
  // where the shell looks for programs is no setting of ours
  expect(names.filter((name) => name !== 'PATH' && !page.includes(`\`${name}\``) && !page.includes(`$${name}/`))).toEqual([]);
});

test('docs/operations.md says what to do for every alert', () => {
  const away = { ok: false, latencyMs: null };
  const readiness: Readiness = { status: 'down', postgres: away, temporal: away, nats: { ...away, configured: true } };
  const figures = { nowMs: 0, pulses: [], pastCutoff: 1, outboxOldestMs: Infinity, sequencerLagMs: Infinity, clock: { offsetMs: 200, atMs: -3_600_000 }, mails: { awayMs: Infinity, sent: 0, failed: 99 } } as unknown as Figures;
  const codes = alertsOf(readiness, figures, { freeBytes: 0, totalBytes: 1 }).map(({ code }) => code);
  expect([...page.matchAll(/^### `([a-z-]+)`$/gm)].map(([, code]) => code)).toEqual(codes);
});

test('docs/operations.md explains every metric', () => {
  const names = [...found('api/operations/metrics.ts', /gauge\('([a-z_]+)'/g).map((name) => `holdfast_${name}`), ...found('api/operations/metrics.ts', /name: '(holdfast_[a-z_]+)'/g)];
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
