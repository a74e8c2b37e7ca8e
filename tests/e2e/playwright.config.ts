import { defineConfig } from '@playwright/test';

import { BROWSER_ARGUMENTS, chromiumPath } from '#tools/browser/chromium.ts';

// The real app in a real Chromium on a real stack, which support/stack.ts starts empty and ends.
export default defineConfig({
  testDir: '.',
  outputDir: '../../.cache/e2e',
  globalSetup: './support/stack.ts',
  // two cores carry the stack and the browser as well
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'line',
  use: {
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    // what fades in has no contrast yet
    contextOptions: { reducedMotion: 'reduce' },
    timezoneId: 'Europe/London',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromiumPath(),
      args: [...BROWSER_ARGUMENTS],
    },
  },
});
