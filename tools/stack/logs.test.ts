import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { rotateLogs } from './logs.ts';
import { lastReason } from './node-service.ts';

describe('logs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-logs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are emptied when they are too large, with the older part beside them', () => {
    writeFileSync(join(folder, 'api.log'), 'x'.repeat(101));
    writeFileSync(join(folder, 'nats.log'), 'short');
    rotateLogs(folder, 100);
    expect(readFileSync(join(folder, 'api.log'), 'utf8')).toBe('');
    expect(readFileSync(join(folder, 'api.log.1'), 'utf8')).toHaveLength(101);
    expect(readFileSync(join(folder, 'nats.log'), 'utf8')).toBe('short');
  });

  it.each([
    ['{"level":30,"msg":"starting"}\n{"level":60,"msg":"no database","err":{"message":"refused"}}\n{"level":30,"msg":"bye"}', 'no database: refused'],
    ['node:internal\n\nError [ERR_X]: wrong settings: DATABASE_URL\n    at x.ts:1\n\nNode.js v24.0.0', 'Error [ERR_X]: wrong settings: DATABASE_URL'],
    ['', 'it gave no reason'],
  ])('name the reason why a process ended', (log, reason) => {
    expect(lastReason(log)).toBe(reason);
  });
});
