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

  test('name servers of network time by host or address, with or without port', () => {
    const servers = (text: string) => readConfig({ DATABASE_URL: 'postgres://localhost/holdfast', HOLDFAST_NTP_SERVERS: text }).ntpServers;
    expect(servers('')).toEqual([]);
    expect(servers('ntp.example.edu, 10.0.0.1:1123,[fd00::1]:124,[fd00::2]')).toEqual([
      { host: 'ntp.example.edu', port: 123 }, { host: '10.0.0.1', port: 1123 }, { host: 'fd00::1', port: 124 }, { host: 'fd00::2', port: 123 },
    ]);
    for (const wrong of ['a b', 'host:0', 'host:99999', 'fd00::1', 'host:port']) expect(() => servers(wrong), wrong).toThrow(/HOLDFAST_NTP_SERVERS/);
  });

  test('that are wrong are named, all of them', () => {
    expect(() => readConfig({ WORKER_ROLE: 'cook', LOG_LEVEL: 'loud' })).toThrow(/WORKER_ROLE.*DATABASE_URL.*LOG_LEVEL/);
  });
});
