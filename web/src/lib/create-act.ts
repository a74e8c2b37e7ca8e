import { type Accessor, createSignal } from 'solid-js';

/** Something that a person has done by a button: at work or not, and what went wrong. */
export interface Act<Args extends unknown[]> {
  readonly run: (...args: Args) => Promise<boolean>;
  readonly isBusy: Accessor<boolean>;
  readonly problem: Accessor<unknown>;
  readonly clear: () => void;
}

/** Runs one thing at a time; a second press while it is at work does nothing. @returns `run` tells whether it was done */
export function createAct<Args extends unknown[]>(work: (...args: Args) => Promise<unknown>): Act<Args> {
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  return {
    isBusy,
    problem,
    clear: () => setProblem(undefined),
    async run(...args) {
      if (isBusy()) return false;
      setBusy(true);
      try {
        await work(...args);
        setProblem(undefined);
        return true;
      } catch (thrown) {
        setProblem(() => thrown);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
