import { createSignal, onCleanup, onMount } from 'solid-js';

import { CHECKS, type Findings, runCheck, type Verdict, worstOf } from './checks.ts';

/**
 * Looks at the device once and whenever asked again. Old findings stay until the new ones are there.
 * @param topic something that may be listened to, for the live connection; undefined when there is nothing
 */
export function createSystemCheck(topic: () => Promise<string | undefined>) {
  const [findings, setFindings] = createSignal<Findings>({});
  const [isRunning, setRunning] = createSignal(false);
  let isGone = false;
  onCleanup(() => (isGone = true));

  async function run(): Promise<void> {
    if (isRunning()) return;
    setRunning(true);
    const heard = await topic().catch(() => undefined);
    for (const name of CHECKS) {
      const found = await runCheck(name, heard);
      if (isGone) return;
      setFindings((before) => ({ ...before, [name]: found }));
    }
    setRunning(false);
  }
  onMount(() => void run());

  const isComplete = (): boolean => CHECKS.every((name) => findings()[name] !== undefined);
  return {
    findings,
    isRunning,
    /** Undefined until everything was looked at. */
    verdict: (): Verdict | undefined => (isComplete() ? worstOf(findings()) : undefined),
    run,
  };
}
