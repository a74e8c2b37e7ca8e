import { describe, expect, test } from 'vitest';

import { readConfig } from './config.ts';

describe('the settings of a worker', () => {
  test('have defaults for everything but the database', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://localhost/holdfast' });
    expect(config).toMatchObject({ role: 'core', temporalNamespace: 'holdfast', retentionDays: 30, queuePrefix: '', natsUrl: undefined });
    expect(config.cacheDir).toMatch(/holdfast$/);
  });

  test('keep the bundle in the data folder where there is one', () => {
    expect(readConfig({ DATABASE_URL: 'postgres://localhost/holdfast', HOLDFAST_DATA: '/var/lib/holdfast' }).cacheDir).toBe('/var/lib/holdfast/cache');
  });

  test('that are wrong are named, all of them', () => {
    expect(() => readConfig({ WORKER_ROLE: 'cook', LOG_LEVEL: 'loud' })).toThrow(/WORKER_ROLE.*DATABASE_URL.*LOG_LEVEL/);
  });
});
