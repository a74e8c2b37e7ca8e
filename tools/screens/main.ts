import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { type Browser, chromium, type Page } from '@playwright/test';

import { BROWSER_ARGUMENTS, chromiumPath } from '#tools/browser/chromium.ts';

import type { LogIn } from './caller.ts';
import { type Shot, shotsOfDemo, shotsOfWorstCase } from './shots.ts';
import { shotsAfterExam } from './shots-after-exam.ts';
import { makeWorstCase } from './worst-case.ts';

const USAGE = `Takes pictures of every page, at 360 and 1280 px, light and dark, of a stack that runs.

  node tools/screens/main.ts --url http://127.0.0.1:8080 --data .data --out screens [--only monitor] [--worst]

  --data   data folder of the stack: it has the demo accounts
  --only   pages whose name has this in it
  --worst  with the worst data as well, which are added to the stack`;

const SIZES = [{ name: '1280', width: 1280, height: 860 }, { name: '360', width: 360, height: 780 }] as const;
const THEMES = ['light', 'dark'] as const;
/** A page that is this long shows nothing new further down. */
const MAX_HEIGHT = 3_200;

const { values } = parseArgs({ options: { url: { type: 'string' }, data: { type: 'string' }, out: { type: 'string', default: 'screens' }, only: { type: 'string', default: '' }, worst: { type: 'boolean', default: false } } });
if (values.url === undefined || values.data === undefined) {
  console.log(USAGE);
  process.exit(1);
}
await run(values.url.replace(/\/$/, ''), values.data);

async function run(url: string, data: string): Promise<void> {
  const { accounts } = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as { accounts: (LogIn & { role: string })[] };
  const admin = accounts.find(({ role }) => role === 'admin')!;
  const shots = [
    ...(await shotsOfDemo(url, accounts)),
    ...(values.only === '' || values.only.startsWith('after') ? await shotsAfterExam(url, accounts) : []),
    ...(values.worst ? shotsOfWorstCase(await makeWorstCase(url, admin), admin) : []),
  ].filter(({ name }) => name.includes(values.only));
  mkdirSync(values.out, { recursive: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...BROWSER_ARGUMENTS] });
  try {
    for (const own of Map.groupBy(shots, ({ by, locale }) => `${by?.email} ${locale}`).values()) await takeAll(browser, url, own[0]!, own);
  } finally {
    await browser.close();
  }
}

/** Takes the pictures of everything that one person sees in one language. */
async function takeAll(browser: Browser, url: string, { by: account, locale = 'en-GB' }: Shot, shots: readonly Shot[]): Promise<void> {
  const context = await browser.newContext({ baseURL: url, locale, timezoneId: 'Europe/London', reducedMotion: 'reduce' });
  if (account !== undefined) await context.request.post('/api/v1/auth/login', { data: { email: account.email, password: account.password }, headers: { 'X-Requested-By': 'holdfast' } });
  const page = await context.newPage();
  for (const shot of shots) {
    await page.setViewportSize(SIZES[0]);
    await shot.before?.(page);
    await page.goto(shot.path);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 30_000 });
    await settled(page, shot.name);
    await shot.prepare?.(page);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        await take(page, join(values.out, `${shot.name}-${size.name}-${theme}.png`));
      }
    }
    console.log(shot.name);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }
  await context.close();
}

async function take(page: Page, path: string): Promise<void> {
  await settled(page, path);
  // a list of thousands draws only what is in view, and what lies behind a dialog is not looked at
  const isLong = await page.locator('.VirtualTable, [role="dialog"]').count() > 0;
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  const { width } = page.viewportSize()!;
  await page.screenshot({ path, fullPage: !isLong, animations: 'disabled', ...(!isLong && height > MAX_HEIGHT ? { clip: { x: 0, y: 0, width, height: MAX_HEIGHT } } : {}) });
}

async function settled(page: Page, name: string): Promise<void> {
  await page.locator('.Skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached', timeout: 10_000 }).catch(() => console.log(`  still loading: ${name}`));
}
