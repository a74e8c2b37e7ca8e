import { describe, expect, it } from 'vitest';

import type { Exit, ServerProcess } from '#tools/servers/process.ts';

import { Supervisor } from './supervisor.ts';

/** A service whose processes end when told to. */
function fakeService(name: string): { service: Parameters<Supervisor['add']>[0]; crash: () => void; starts: () => number } {
  const ends: ((exit: Exit) => void)[] = [];
  const start = (onSpawn: (process: ServerProcess) => void): Promise<ServerProcess> => {
    let end: (exit: Exit) => void = () => undefined;
    const exited = new Promise<Exit>((resolve) => (end = resolve));
    ends.push(end);
    const process = { name, pid: ends.length, startMark: '', adopted: false, exited };
    onSpawn(process);
    return Promise.resolve(process);
  };
  const stop = (process: ServerProcess): Promise<void> => Promise.resolve(ends[process.pid - 1]?.({ code: 0, signal: null }));
  return { service: { name, logFile: `${name}.log`, start, stop }, crash: () => ends.at(-1)?.({ code: null, signal: 'SIGKILL' }), starts: () => ends.length };
}

describe('the supervisor', () => {
  it('starts a crashed server again at once, then waits, and says both', async () => {
    const said: string[] = [];
    const pids: number[] = [];
    const supervisor = new Supervisor((line) => said.push(line), ({ pid }) => pids.push(pid));
    const api = fakeService('api');
    await supervisor.add(api.service);
    api.crash();
    await expect.poll(() => said).toEqual(['api ended (SIGKILL): starting it again (log: api.log)', expect.stringMatching(/^api is back after 0\.\d s$/)]);
    api.crash();
    await expect.poll(() => said.at(-1)).toBe('api ended (SIGKILL): next try in 1 s (log: api.log)');
    expect(pids).toEqual([1, 2]);
    await supervisor.stop([['api']]);
  });

  it('starts nothing again once it is asked to stop', async () => {
    const said: string[] = [];
    const supervisor = new Supervisor((line) => said.push(line), () => undefined);
    const api = fakeService('api');
    await supervisor.add(api.service);
    await supervisor.stop([['api']]);
    expect([api.starts(), said]).toEqual([1, []]);
    await expect(supervisor.add(api.service)).rejects.toThrow();
  });
});
