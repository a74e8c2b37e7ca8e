import { createSignal, onCleanup, type Accessor } from 'solid-js';

import { serverNowMs } from '#web/lib/server-clock.ts';

import { readReadiness } from './api.ts';
import type { Readiness } from './types.ts';

/** What is wrong with the platform. */
export type Trouble = 'unreachable' | 'postgres' | 'temporal' | 'nats';

/** How the platform is, looked at regularly. */
export interface Platform {
  /** The worst trouble, and since when it is known here. */
  trouble: Accessor<{ readonly kind: Trouble; readonly sinceMs: number } | undefined>;
  readiness: Accessor<Readiness | undefined>;
}

const EVERY_MS = 10_000;

/** Looks at the platform each 10 s. A single failed look is not told: it may be the network of this device. */
export function createPlatform(read: () => Promise<Readiness | undefined> = readReadiness): Platform {
  const [trouble, setTrouble] = createSignal<{ kind: Trouble; sinceMs: number }>();
  const [readiness, setReadiness] = createSignal<Readiness>();
  let failures = 0;
  let firstFailureMs = 0;
  let timer: ReturnType<typeof setTimeout>;
  let isClosed = false;

  function note(kind: Trouble | undefined, sinceMs = serverNowMs()): void {
    if (kind === undefined) setTrouble(undefined);
    else setTrouble((known) => (known?.kind === kind ? known : { kind, sinceMs }));
  }

  async function look(): Promise<void> {
    try {
      const found = await read();
      failures = 0;
      setReadiness(found);
      note(troubleOf(found));
    } catch {
      failures += 1;
      if (failures === 1) firstFailureMs = serverNowMs();
      if (failures >= 2) note('unreachable', firstFailureMs);
    }
    if (!isClosed) timer = setTimeout(() => void look(), failures === 1 ? EVERY_MS / 4 : EVERY_MS);
  }

  void look();
  onCleanup(() => {
    isClosed = true;
    clearTimeout(timer);
  });
  return { trouble, readiness };
}

/** The worst of what a look found. */
export function troubleOf(found: Readiness | undefined): Trouble | undefined {
  if (found === undefined || found.status === 'ok') return undefined;
  if (!found.postgres.ok) return 'postgres';
  if (!found.temporal.ok) return 'temporal';
  return found.nats.configured && !found.nats.ok ? 'nats' : undefined;
}
