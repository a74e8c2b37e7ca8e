import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiProblem, Offline } from '#web/lib/problem.ts';

import type { Exam } from '../api.ts';
import { type Builder, createBuilder } from './create-builder.ts';

function buildExam(change: Partial<Exam> = {}): Exam {
  return {
    id: 'e1', externalId: null, title: 'Biology', description: '', instructions: '', ownerId: 'o', durationMinutes: 60, graceSeconds: 10, passPercent: null,
    attempts: 1, attemptRule: 'best', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false, lateEntryMinutes: null, endRule: 'window',
    hasAccessCode: false, proctoring: 'none', results: { release: 'manual', releaseAt: null, score: true, items: false, key: false, feedback: false },
    plagiarismScan: { automatic: false, level: 0.01 }, warnMinutes: [10, 5, 1], sections: [], window: null, state: 'draft', resultsPublishedAt: null, publishedAt: null, cancelledAt: null, assignedCount: 0,
    createdAt: '2026-11-29T09:00:00.000Z', updatedAt: '2026-11-29T09:00:00.000Z', version: 1, ...change,
  } as Exam;
}

function problem(code: 'version-conflict' | 'validation-failed', errors?: { pointer: string; message: string }[]): ApiProblem {
  return new ApiProblem({ code, status: 412, title: code, detail: code, requestId: 'r', ...(errors === undefined ? {} : { errors }) });
}

describe('an exam that saves itself', () => {
  let server: Exam;
  let patches: Record<string, unknown>[];
  let fail: (patch: Record<string, unknown>) => unknown;
  let builder: Builder;
  let dispose: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    server = buildExam();
    patches = [];
    fail = () => undefined;
    createRoot((end) => {
      dispose = end;
      builder = createBuilder(server, {
        read: () => Promise.resolve(server),
        patch: (version, patch) => {
          const thrown = fail(patch);
          if (thrown !== undefined) return Promise.reject(thrown as Error);
          if (version !== server.version) return Promise.reject(problem('version-conflict'));
          patches.push(patch);
          server = { ...server, ...patch, version: server.version + 1 } as Exam;
          return Promise.resolve(server);
        },
      });
    });
  });
  afterEach(() => {
    dispose();
    vi.useRealTimers();
  });

  it('sends one patch a second after the last change', async () => {
    builder.set({ title: 'Biology I' });
    await vi.advanceTimersByTimeAsync(900);
    builder.set({ title: 'Biology II', attempts: 2 });
    expect(builder.state()).toBe('waiting');
    await vi.advanceTimersByTimeAsync(999);
    expect(patches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(patches).toEqual([{ title: 'Biology II', attempts: 2 }]);
    expect(builder.state()).toBe('saved');
    expect(builder.exam().version).toBe(2);
  });

  it('brings changes of different fields together without a question', async () => {
    server = buildExam({ version: 5, description: 'theirs' });
    builder.set({ title: 'mine' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(patches).toEqual([{ title: 'mine' }]);
    expect(builder.draft.description).toBe('theirs');
    expect(builder.state()).toBe('saved');
  });

  it('asks when both sides changed the same field, and can keep mine', async () => {
    server = buildExam({ version: 5, title: 'theirs' });
    builder.set({ title: 'mine' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(builder.state()).toBe('conflict');
    expect(builder.draft.title).toBe('mine');
    builder.keepMine();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.title).toBe('mine');
    expect(builder.state()).toBe('saved');
  });

  it('drops mine when theirs is taken', async () => {
    server = buildExam({ version: 5, title: 'theirs' });
    builder.set({ title: 'mine' });
    await vi.advanceTimersByTimeAsync(1_000);
    builder.takeTheirs();
    expect(builder.draft.title).toBe('theirs');
    expect(builder.state()).toBe('saved');
  });

  it('saves the other fields beside a wrong one, and the wrong one when it is corrected', async () => {
    fail = (patch) => (patch['title'] === '' ? problem('validation-failed', [{ pointer: '/title', message: 'must not be empty' }]) : undefined);
    builder.set({ title: '', attempts: 3 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(patches).toEqual([{ attempts: 3 }]);
    expect(builder.errorAt('/title')).toBe('must not be empty');
    expect(builder.state()).toBe('invalid');
    builder.set({ title: 'right' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(patches.at(-1)).toEqual({ title: 'right' });
    expect(builder.state()).toBe('saved');
  });

  it('keeps what could not be sent and sends it when the server answers again', async () => {
    fail = () => new Offline('away');
    builder.set({ title: 'kept' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(builder.state()).toBe('offline');
    fail = () => undefined;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.title).toBe('kept');
    expect(builder.state()).toBe('saved');
  });

  it('waits with a window until it is complete', async () => {
    builder.set({ window: { localStart: '2027-02-02T09:00', localEnd: '', timeZone: 'Europe/Berlin' } });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(patches).toEqual([]);
    expect(builder.draft.window?.localStart).toBe('2027-02-02T09:00');
  });

  it('takes the last step back and saves that too', async () => {
    builder.set({ title: 'one' });
    await vi.advanceTimersByTimeAsync(1_000);
    builder.undo();
    expect(builder.draft.title).toBe('Biology');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.title).toBe('Biology');
    expect(builder.canUndo()).toBe(false);
  });
});
