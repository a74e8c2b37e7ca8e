import { describe, expect, it, vi } from 'vitest';

import { ApiProblem, Offline } from '#web/lib/problem.ts';

import { createCommand } from './create-command.ts';

const refusal = (status: number, code: string): ApiProblem => new ApiProblem({ status, code: code as 'internal', title: '', detail: '', requestId: '' });

describe('createCommand', () => {
  it('sends the same key again after silence, and lets nothing be changed meanwhile', async () => {
    const keys: string[] = [];
    const command = createCommand((key) => {
      keys.push(key);
      return keys.length === 1 ? Promise.reject(new Offline('')) : Promise.resolve('done');
    });
    await command.send();
    expect(command.state()).toBe('unsure');
    expect(command.isEditable()).toBe(false);
    await command.send();
    expect(command.state()).toBe('done');
    expect(command.result()).toBe('done');
    expect(new Set(keys).size).toBe(1);
  });

  it.each([[409, 'state-conflict', 'editing'], [422, 'validation-failed', 'editing'], [500, 'internal', 'unsure'], [503, 'unavailable', 'unsure']])('after %i %s it is %s', async (status, code, state) => {
    const command = createCommand(() => Promise.reject(refusal(status, code)));
    await command.send();
    expect(command.state()).toBe(state);
    expect(command.problem()).toBeInstanceOf(ApiProblem);
  });

  it('is sent once however often it is pressed', async () => {
    const work = vi.fn(() => Promise.resolve(1));
    const command = createCommand(work);
    await Promise.all([command.send(), command.send()]);
    await command.send();
    expect(work).toHaveBeenCalledTimes(1);
  });
});
