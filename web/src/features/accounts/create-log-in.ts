import { createSignal } from 'solid-js';

import { logIn, type User } from '#web/lib/auth.ts';
import { createCountdown } from './create-countdown.ts';
import { type LogInProblem, readLogInProblem } from './log-in-problem.ts';

/** What the page says below the form. */
export type LogInTrouble = LogInProblem | { readonly kind: 'empty' | 'waitOver'; readonly waitMs: 0; readonly requestId?: string };

const WAIT_OVER: LogInTrouble = { kind: 'waitOver', waitMs: 0 };

/** A log-in as a form does it: one try at a time, waits that the server asks for, and what went wrong. */
export function createLogIn(onDone: (person: User) => void) {
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<LogInTrouble>();
  const wait = createCountdown();

  async function send(email: string, password: string): Promise<void> {
    if (isBusy() || wait.seconds() > 0) return;
    if (email.trim() === '' || password === '') {
      setTrouble({ kind: 'empty', waitMs: 0 });
      return;
    }
    setBusy(true);
    try {
      const person = await logIn(email.trim(), password);
      setTrouble(undefined);
      onDone(person);
    } catch (thrown) {
      const problem = readLogInProblem(thrown);
      if (problem.waitMs > 0) wait.start(problem.waitMs);
      setTrouble(problem);
    } finally {
      setBusy(false);
    }
  }

  return {
    isBusy,
    waitSeconds: wait.seconds,
    trouble: (): LogInTrouble | undefined => {
      const now = trouble();
      return now !== undefined && now.waitMs > 0 && wait.seconds() === 0 ? WAIT_OVER : now;
    },
    send,
  };
}
