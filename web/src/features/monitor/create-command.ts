import { createSignal, type Accessor } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { isProblem, Offline } from '#web/lib/problem.ts';

/** One act of a person from the opening of its dialog to its result. */
export interface Command<Result> {
  /** `unsure`: nobody answered, so it may have been done; only the same may be sent again. */
  state: Accessor<'editing' | 'sending' | 'unsure' | 'done'>;
  problem: Accessor<unknown>;
  result: Accessor<Result | undefined>;
  /** The key under which it is done once, however often it is sent. */
  key: string;
  send(): Promise<void>;
  /** What is asked for can still be changed. */
  isEditable(): boolean;
}

/** Makes the key of an act and sends it; a second try after silence carries the same key. */
export function createCommand<Result>(work: (key: string) => Promise<Result>): Command<Result> {
  const key = commandKey();
  const [state, setState] = createSignal<'editing' | 'sending' | 'unsure' | 'done'>('editing');
  const [problem, setProblem] = createSignal<unknown>();
  const [result, setResult] = createSignal<Result>();
  return {
    key,
    state,
    problem,
    result,
    isEditable: () => state() === 'editing',
    async send() {
      if (state() === 'sending' || state() === 'done') return;
      setState('sending');
      setProblem(undefined);
      try {
        const done = await work(key);
        setResult(() => done);
        setState('done');
      } catch (thrown) {
        setProblem(thrown);
        // a server on its way down may have committed before it said so
        setState(thrown instanceof Offline || (isProblem(thrown) && thrown.status >= 500) ? 'unsure' : 'editing');
      }
    },
  };
}
