import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ProblemCode } from '#domain/problem.ts';
import { createStart } from './create-start.ts';

const OPENS = 1_000_000;

function reply(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}
const refusal = (code: ProblemCode, status = 409): Response => reply(status, { code, status, title: code, detail: code, requestId: 'r1' });
const started = (): Response => reply(201, { session: { id: 's1' } });

function setUp({ nowMs = OPENS, accessCode }: { nowMs?: number; accessCode?: string } = {}) {
  const [now, setNow] = createSignal(nowMs);
  const [code, setCode] = createSignal(accessCode);
  const onStarted = vi.fn();
  const onRefused = vi.fn();
  return createRoot((dispose) => ({
    start: createStart({ examId: 'e1', opensAtMs: () => OPENS, nowMs: now, accessCode: code, onStarted, onRefused }), setNow, setCode, onStarted, onRefused, dispose,
  }));
}

let fetched: ReturnType<typeof vi.fn<typeof fetch>>;
beforeEach(() => {
  fetched = vi.fn<typeof fetch>();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => vi.unstubAllGlobals());

describe('createStart', () => {
  it('sends one request for five clicks', async () => {
    fetched.mockImplementation(() => Promise.resolve(started()));
    const { start, onStarted, dispose } = setUp();
    await Promise.all([start.press(), start.press(), start.press(), start.press(), start.press()]);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(onStarted.mock.calls).toEqual([['s1']]);
    dispose();
  });

  it('ignores a click long before the opening', async () => {
    const { start, setNow, dispose } = setUp({ nowMs: OPENS - 60_000 });
    await start.press();
    setNow(OPENS);
    expect(start.isKept()).toBe(false);
    expect(fetched).not.toHaveBeenCalled();
    dispose();
  });

  it('keeps a click just before the opening and starts with it', async () => {
    fetched.mockImplementation(() => Promise.resolve(started()));
    const { start, setNow, onStarted, dispose } = setUp({ nowMs: OPENS - 1_000 });
    await start.press();
    expect(start.isKept()).toBe(true);
    expect(fetched).not.toHaveBeenCalled();
    setNow(OPENS);
    await vi.waitFor(() => expect(onStarted).toHaveBeenCalledWith('s1'));
    dispose();
  });

  it('forgets a kept click when the start is moved away', async () => {
    const { start, setNow, dispose } = setUp({ nowMs: OPENS - 1_000 });
    await start.press();
    setNow(OPENS - 900_000);
    expect(start.isKept()).toBe(false);
    dispose();
  });

  it('asks again while the server has not opened yet by its own clock', async () => {
    fetched.mockResolvedValueOnce(refusal('exam-not-open')).mockResolvedValueOnce(started());
    const { start, onStarted, dispose } = setUp();
    await start.press();
    expect(onStarted).toHaveBeenCalledWith('s1');
    dispose();
  });

  it('asks for a code before it asks the server, and says when it is wrong', async () => {
    fetched.mockResolvedValueOnce(refusal('wrong-access-code', 403));
    const { start, setCode, onRefused, dispose } = setUp({ accessCode: ' ' });
    await start.press();
    expect(start.codeError()).toBe('accessCodeMissing');
    expect(fetched).not.toHaveBeenCalled();
    setCode('kelp');
    await start.press();
    expect(start.codeError()).toBe('accessCodeWrong');
    expect(start.isBusy()).toBe(false);
    expect(onRefused).not.toHaveBeenCalled();
    dispose();
  });

  it('waits as long as the server says after too many codes', async () => {
    fetched.mockResolvedValueOnce(new Response(JSON.stringify({ code: 'rate-limited', status: 429, title: '', detail: '', requestId: '' }), { status: 429, headers: { 'Retry-After': '42' } }));
    const { start, dispose } = setUp({ accessCode: 'kelp' });
    await start.press();
    expect(start.waitSeconds()).toBe(42);
    expect(start.canPress()).toBe(false);
    dispose();
  });

  it.each<[ProblemCode]>([['exam-closed'], ['late-entry-closed'], ['attempts-used'], ['not-found'], ['session-paused']])('tells %s and has the exam read again', async (code) => {
    fetched.mockResolvedValueOnce(refusal(code));
    const { start, onRefused, dispose } = setUp();
    await start.press();
    expect(start.refusal()).toEqual({ code, requestId: 'r1' });
    expect(onRefused).toHaveBeenCalledOnce();
    dispose();
  });

  it('says that nothing was started without a connection', async () => {
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const { start, onRefused, dispose } = setUp();
    await start.press();
    expect(start.refusal()).toEqual({ code: 'offline', requestId: '' });
    expect(onRefused).not.toHaveBeenCalled();
    dispose();
  });
});
