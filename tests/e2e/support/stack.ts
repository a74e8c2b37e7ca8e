import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePorts } from '#tools/servers/ports.ts';
import { startStack } from '#tools/stack/start.ts';

import { publishStack } from './config.ts';

/** Starts an empty stack with one admin, and ends it after the last test. */
export default async function setUp(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'));
  const [port = 0] = await freePorts(1);
  const stack = await startStack({ data, port, demo: false });
  const admin = stack.accounts.find(({ role }) => role === 'admin')!;
  publishStack({ url: stack.urls.web.replace(/\/$/, ''), data, admin });
  return async () => {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  };
}
