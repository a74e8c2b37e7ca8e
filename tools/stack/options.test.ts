import { describe, expect, it } from 'vitest';

import { readOptions } from './options.ts';

describe('the options of npm start', () => {
  it('have defaults', () => {
    expect(readOptions([], '/srv/holdfast')).toEqual({ data: '/srv/holdfast/.data', port: undefined, demo: true, json: false });
  });

  it('are read', () => {
    expect(readOptions(['--data', 'x', '--port', '9000', '--no-demo', '--json'], '/srv')).toEqual({ data: '/srv/x', port: 9_000, demo: false, json: true });
  });

  it.each([[['--port', '0']], [['--port', '65536']], [['--port', 'http']], [['--port', '80.5']], [['--data', '']], [['--demo']], [['now']]])('refuse %j in words', (args) => {
    expect(() => readOptions(args, '/srv')).toThrow(/^(--port|--data|Unknown|Unexpected)/);
  });

  it('are explained when asked', () => {
    expect(readOptions(['--help'], '/srv')).toBeUndefined();
  });
});
