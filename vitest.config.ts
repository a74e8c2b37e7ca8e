import solid from 'vite-plugin-solid';
import { configDefaults, defineConfig } from 'vitest/config';

const DB = '{activities,api,bench,contracts,db,domain,tools,worker}/**/*.db.test.ts';
const WORKFLOW = '{activities,worker,workflows}/**/*.workflow.test.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{activities,api,bench,contracts,db,domain,tools,worker,workflows}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, DB, WORKFLOW],
        },
      },
      {
        extends: true,
        plugins: [solid({ hot: false, ssr: false })],
        test: { name: 'web', include: ['web/src/**/*.test.{ts,tsx}'], environment: 'jsdom', setupFiles: ['web/build/test-setup.ts'] },
      },
      {
        extends: true,
        test: { name: 'db', include: [DB], globalSetup: ['tests/support/global-setup.ts'] },
      },
      {
        extends: true,
        test: { name: 'workflow', include: [WORKFLOW], testTimeout: 60_000, hookTimeout: 180_000 },
      },
      {
        extends: true,
        test: { name: 'replay', include: ['tests/replay/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
