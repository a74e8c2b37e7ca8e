import { createEffect, createSignal, on, onCleanup } from 'solid-js';

import { createCountdown } from '#web/features/accounts/create-countdown.ts';
import { ApiProblem, isProblem, Offline } from '#web/lib/problem.ts';
import { startExam } from './api.ts';

/** Clicks so shortly before the opening are kept. */
const EARLY_CLICK_MS = 10_000;
/** Our clock may be a little ahead: the server is asked again until it opens. */
const AHEAD_RETRY_MS = 250;
const AHEAD_RETRIES = 20;

/** Why a start did not work; `code` is a code of the API, or one of ours. */
export interface StartRefusal {
  readonly code: string;
  readonly requestId: string;
}

/** What a start needs to know. */
export interface StartOptions {
  readonly examId: string;
  /** When it opens, by the server's clock. */
  readonly opensAtMs: () => number;
  readonly nowMs: () => number;
  /** Undefined when the exam has none; the text may be empty. */
  readonly accessCode: () => string | undefined;
  readonly onStarted: (sessionId: string) => void;
  /** The server knows better than this page where the exam stands. */
  readonly onRefused: () => void;
}

/** The start of an exam: however often it is pressed there is one request, and a click just before the opening is kept for it. */
export function createStart(options: StartOptions) {
  const [isBusy, setBusy] = createSignal(false);
  const [isKept, setKept] = createSignal(false);
  const [refusal, setRefusal] = createSignal<StartRefusal>();
  const [codeError, setCodeError] = createSignal<'accessCodeMissing' | 'accessCodeWrong'>();
  const wait = createCountdown();
  let isGone = false;
  onCleanup(() => (isGone = true));

  const isOpen = (): boolean => options.nowMs() >= options.opensAtMs();
  /** Whether a press does something now. */
  const canPress = (): boolean => options.nowMs() >= options.opensAtMs() - EARLY_CLICK_MS && wait.seconds() === 0;

  createEffect(on(isOpen, (open) => {
    if (open && isKept()) void send();
  }));
  // moved away meanwhile: nobody wants to begin by a click of long ago
  createEffect(on(canPress, (can) => !can && setKept(false)));

  async function press(): Promise<void> {
    if (isBusy() || !canPress()) return;
    const code = options.accessCode();
    if (code !== undefined && code.trim() === '') return void setCodeError('accessCodeMissing');
    setCodeError(undefined);
    setRefusal(undefined);
    if (!isOpen()) return void setKept(true);
    await send();
  }

  async function send(): Promise<void> {
    if (isBusy()) return;
    setBusy(true);
    try {
      const { session } = await startWhenOpen(options.accessCode()?.trim());
      options.onStarted(session.id);
    } catch (thrown) {
      take(thrown);
      setBusy(false);
    } finally {
      setKept(false);
    }
  }

  async function startWhenOpen(code: string | undefined) {
    for (let left = AHEAD_RETRIES; ; left -= 1) {
      try {
        return await startExam(options.examId, code);
      } catch (thrown) {
        if (!isProblem(thrown, 'exam-not-open') || left === 0 || isGone || !isOpen()) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, AHEAD_RETRY_MS));
      }
    }
  }

  function take(thrown: unknown): void {
    if (isProblem(thrown, 'wrong-access-code')) return void setCodeError('accessCodeWrong');
    if (isProblem(thrown, 'rate-limited')) return wait.start(thrown.retryAfterMs ?? 60_000);
    const code = thrown instanceof Offline ? 'offline' : thrown instanceof ApiProblem ? thrown.code : 'other';
    setRefusal({ code, requestId: thrown instanceof ApiProblem ? thrown.requestId : '' });
    if (code !== 'offline') options.onRefused();
  }

  return { isBusy, isKept, isOpen, canPress, refusal, codeError, clearCodeError: () => setCodeError(undefined), waitSeconds: wait.seconds, press };
}
