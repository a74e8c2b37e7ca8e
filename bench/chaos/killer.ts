import { killHard, type BenchStack } from '#bench/lib/stack.ts';
import { sleep } from '#bench/lib/sleep.ts';

/** How often each process was killed. */
export interface Kills {
  api: number;
  worker: number;
  temporal: number;
  nats: number;
  postgres: number;
}

/** No kills yet. */
export function countKills(): Kills {
  return { api: 0, worker: 0, temporal: 0, nats: 0, postgres: 0 };
}

/** Kills one process after the other with SIGKILL, at random moments 2 to 5 s apart, until `untilMs` (epoch). */
export async function killEachInTurn(stack: BenchStack, kills: Kills, untilMs: number, say: (text: string) => void): Promise<void> {
  const names = Object.keys(kills) as (keyof Kills)[];
  for (let turn = 0; ; turn += 1) {
    const pauseMs = 2_000 + Math.random() * 3_000;
    if (Date.now() + pauseMs > untilMs) return;
    await sleep(pauseMs);
    const name = names[turn % names.length]!;
    const pid = (await stack.processes())[name];
    if (pid !== undefined && killHard(pid)) {
      kills[name] += 1;
      say(`Killed ${name}`);
    }
  }
}
