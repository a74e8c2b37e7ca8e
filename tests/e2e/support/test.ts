import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import pg from 'pg';

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runningPids } from '#tools/stack/start.ts';

import { runningStack, type StackInfo } from './config.ts';
import type { Account } from './school.ts';

interface Fixtures {
  stack: StackInfo;
  /** The database as its owner: what a page claims is looked up there. */
  db: pg.Pool;
  /** Console errors and exceptions of every page; a test that ends with some has failed. */
  trouble: string[];
}

/** A test with a running stack, its database, and no tolerance for errors in the console. */
export const test = base.extend<Fixtures>({
  stack: async ({}, use) => use(runningStack()),
  baseURL: async ({}, use) => use(runningStack().url),
  db: async ({ stack }, use) => {
    const secrets = JSON.parse(readFileSync(join(stack.data, 'secrets.json'), 'utf8')) as { owner: string };
    const { ports } = JSON.parse(readFileSync(join(stack.data, 'stack.json'), 'utf8')) as { ports: { postgres: number } };
    const pool = new pg.Pool({ connectionString: `postgres://holdfast:${secrets.owner}@127.0.0.1:${ports.postgres}/holdfast`, max: 2, options: '-c TimeZone=UTC' });
    pool.on('error', () => undefined);
    await use(pool);
    await pool.end();
  },
  trouble: [async ({ context }, use) => {
    const trouble: string[] = [];
    watch(context, trouble);
    await use(trouble);
    expect(trouble, 'errors in the console').toEqual([]);
  }, { auto: true }],
});

export { expect };

// a request that is refused on purpose, or that meets no server, is said by the browser itself
const EXPECTED = /Failed to load resource|net::ERR_|WebSocket/;

/** Notes console errors and exceptions of a context. */
export function watch(context: BrowserContext, trouble: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) trouble.push(message.text());
  });
  context.on('weberror', (error) => trouble.push(String(error.error())));
}

/** Logs in through the page. */
export async function logInOn(page: Page, account: Pick<Account, 'email' | 'password'>): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail address').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** Logs in without the page, for tests about something else. */
export async function logInContext(context: BrowserContext, account: Pick<Account, 'email' | 'password'>): Promise<void> {
  const reply = await context.request.post(`${runningStack().url}/api/v1/auth/login`, { data: { email: account.email, password: account.password }, headers: { 'X-Requested-By': 'holdfast' } });
  expect(reply.status()).toBe(200);
}

/** Finds no serious or critical accessibility problem on a page. @source WCAG 2.1 A and AA, as axe-core checks them */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze();
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(bad.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)).toEqual([]);
}

/** Kills a process of the stack as a crash would; the supervisor starts it again. */
export function killHard(name: string): void {
  process.kill(runningPids(runningStack().data)[name]!, 'SIGKILL');
}
