import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

import { ROOT } from '#tools/config.ts';
import { freePorts } from '#tools/servers/ports.ts';

import { findings, PHONE, sticksOut, WIDE } from './support/look.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** What the gallery can show. */
const SHOWN = [
  ...['staff', 'student'].flatMap((shell) => ['controls', 'fields', 'said', 'data', 'tables'].map((only) => `?shell=${shell}&only=${only}`)),
  '?shell=staff&frame=1', '?shell=student&frame=1',
];

// no release has the gallery, so the parts are shown by the server that pages are developed with
let server: ChildProcess;
let url: string;

test.beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), '--port', String(port)], { cwd: join(ROOT, 'web'), stdio: 'ignore' });
  await expect.poll(() => fetch(url).then(({ status }) => status, () => 0), { timeout: 60_000 }).toBe(200);
});
test.afterAll(() => void server.kill());

test('every part is sound in every state, in both shells and both themes, and none sticks out of a phone', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(`${url}/gallery`);
  await expect(page.getByRole('heading', { level: 1, name: 'Parts' })).toBeVisible({ timeout: 60_000 });
  const faults: string[] = [];
  for (const shown of SHOWN) {
    await page.goto(`${url}/gallery${shown}`);
    await expect(page.getByRole('heading').first()).toBeVisible();
    const note = (fault: string): void => void faults.push(`${shown}: ${fault}`);
    await page.setViewportSize(PHONE);
    const wide = await sticksOut(page);
    if (wide !== undefined) note(`scrolls sideways: ${wide}`);
    await page.setViewportSize(WIDE);
    (await findings(page)).forEach(note);
    await page.emulateMedia({ colorScheme: 'dark' });
    (await findings(page, ['color-contrast'])).forEach((finding) => note(`dark, ${finding}`));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  expect(faults).toEqual([]);
});
