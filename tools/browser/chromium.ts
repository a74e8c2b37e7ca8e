import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser, BrowserContext, Page } from '@playwright/test';

import { givenChromium } from '#tools/config.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const STARTS_WITHIN_MS = 30_000;

/** What a browser of a test is started with: nothing that asks the network for anything but our pages. */
export const BROWSER_ARGUMENTS: readonly string[] = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** A browser with a profile on the disk, to be killed and started again. */
export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** SIGKILL: it gets no time to say or store anything. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** The browser of this machine: `HOLDFAST_CHROMIUM`, else Chromium or Chrome where the system keeps it. */
export function findChromium(): string | undefined {
  return givenChromium() ?? PLACES.find((place) => existsSync(place));
}

/** The same. @throws Error where there is none: a test that does not run proves nothing */
export function chromiumPath(): string {
  const found = findChromium();
  if (found === undefined) throw new Error('No Chromium: install it (Debian: apt-get install chromium), or name one in HOLDFAST_CHROMIUM.');
  return found;
}

/** Starts a browser on a profile folder, in a process group of its own. */
export async function openBrowser(path: string, profile: string, { width, height }: { width: number; height: number } = { width: 1280, height: 860 }): Promise<OpenBrowser> {
  // a killed browser leaves these behind, and the next one would read the port of the old one
  for (const file of ['DevToolsActivePort', 'SingletonLock', 'SingletonCookie', 'SingletonSocket']) rmSync(join(profile, file), { force: true });
  const child = spawn(path, [...BROWSER_ARGUMENTS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, `--window-size=${width},${height}`, 'about:blank'], { stdio: 'ignore', detached: true });
  const end = (): void => killGroup(child);
  // a test that breaks leaves no browser behind
  process.once('exit', end);
  const gone = new Promise<void>((resolve) => child.once('exit', () => {
    process.off('exit', end);
    resolve();
  }));
  try {
    // loaded where it is needed: what runs without a browser runs without its driver
    const { chromium } = await import('@playwright/test');
    const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(child, profile)}`);
    const context = browser.contexts()[0]!;
    const page = context.pages()[0] ?? (await context.newPage());
    await page.setViewportSize({ width, height });
    const kill = async (): Promise<void> => {
      end();
      await gone;
      await browser.close().catch(() => undefined);
    };
    return { context, page, kill, close: () => context.close().catch(() => undefined).then(kill) };
  } catch (error) {
    end();
    throw error;
  }
}

async function portOf(child: ChildProcess, profile: string): Promise<number> {
  const file = join(profile, 'DevToolsActivePort');
  for (const until = performance.now() + STARTS_WITHIN_MS; performance.now() < until; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`The browser ended with code ${child.exitCode}.`);
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
    if (port > 0) return port;
  }
  throw new Error('The browser did not start.');
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it is gone already
  }
}
