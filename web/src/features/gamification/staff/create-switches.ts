import { type Accessor, createSignal } from 'solid-js';

import { localZone } from '#web/lib/format.ts';
import { ApiProblem } from '#web/lib/problem.ts';

import type { Gamification, GamificationIn } from '../api.ts';

/** The switches of a course while somebody sets them. */
export interface Switches {
  /** As they are shown: at once as they were set, and as they were when that is refused. */
  readonly value: Accessor<GamificationIn>;
  readonly set: (change: Partial<GamificationIn>) => Promise<void>;
  readonly isBusy: Accessor<boolean>;
  readonly problem: Accessor<unknown>;
}

/**
 * Keeps each switch at once, one request at a time; what is set meanwhile goes with the next.
 * @param save sends all switches with the version that was seen
 * @param onStale somebody else was faster
 */
export function createSwitches(kept: Accessor<Gamification>, save: (body: GamificationIn, version: number) => Promise<Gamification>, onSaved: (settings: Gamification) => void, onStale: () => void): Switches {
  const [change, setChange] = createSignal<Partial<GamificationIn>>({});
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const value = (): GamificationIn => {
    const { badges, enabled, leaderboard, points, termStartsOn, timeZone, version } = kept();
    // until somebody chose, the days of the course are those of who switches it on
    return { badges, enabled, leaderboard, points, termStartsOn, timeZone: version === 0 ? localZone() : timeZone, ...change() };
  };
  async function send(): Promise<void> {
    setBusy(true);
    try {
      for (let sent = change(); Object.keys(sent).length > 0; sent = change()) {
        onSaved(await save(value(), kept().version));
        setChange((now) => (now === sent ? {} : now));
      }
      setProblem(undefined);
    } catch (thrown) {
      setChange({});
      setProblem(() => thrown);
      if (thrown instanceof ApiProblem && thrown.code === 'version-conflict') onStale();
    } finally {
      setBusy(false);
    }
  }
  return {
    value, isBusy, problem,
    set: (part) => {
      setChange((now) => ({ ...now, ...part }));
      return isBusy() ? Promise.resolve() : send();
    },
  };
}
