import { setTimeout as sleep } from 'node:timers/promises';

import { type Exit, type ServerProcess, stopProcess } from '#tools/servers/process.ts';

/** One server of a stack that is kept running. */
export interface Service {
  readonly name: string;
  /** Where its output is, for the message about a crash. */
  readonly logFile: string;
  /**
   * Starts the server and settles when it answers.
   * @param onSpawn to be called as soon as the process exists
   */
  start(onSpawn: (process: ServerProcess) => void): Promise<ServerProcess>;
  /** How it is asked to end; without it SIGTERM. */
  stop?(process: ServerProcess): Promise<void>;
}

/** Waits before the first, second, … restart in a row, in seconds. */
const BACK_OFF_SECONDS = [0, 1, 2, 5, 10, 30];
/** A server that has run this long counts as healthy: its next crash is news of its own, and it is started again at once. */
const HEALTHY_MS = 5_000;
const STOP_TIMEOUT_MS = 10_000;

/** Starts services, restarts those that end by themselves, and ends all of them. */
export class Supervisor {
  readonly #say: (line: string) => void;
  readonly #onSpawn: (process: ServerProcess) => void;
  readonly #running = new Map<string, { service: Service; process: ServerProcess }>();
  readonly #stopping = new AbortController();

  /**
   * @param say told about crashes and restarts
   * @param onSpawn told about every process as soon as it exists
   */
  constructor(say: (line: string) => void, onSpawn: (process: ServerProcess) => void) {
    this.#say = say;
    this.#onSpawn = onSpawn;
  }

  /** Starts a service and watches it from then on. */
  async add(service: Service): Promise<void> {
    const started = await this.#start(service);
    void this.#watch(service, started);
  }

  /** From here on nothing is started or started again. */
  startNoMore(): void {
    this.#stopping.abort();
  }

  /** Ends the services in the given order, the names of one group at the same time. */
  async stop(order: readonly (readonly string[])[]): Promise<void> {
    this.startNoMore();
    for (const group of order) {
      await Promise.all(group.map((name) => this.#stopOne(name)));
    }
  }

  async #stopOne(name: string): Promise<void> {
    const entry = this.#running.get(name);
    if (!entry) return;
    if (entry.service.stop) await entry.service.stop(entry.process);
    else await stopProcess(entry.process, 'SIGTERM', STOP_TIMEOUT_MS);
  }

  async #start(service: Service): Promise<ServerProcess> {
    this.#stopping.signal.throwIfAborted();
    const process = await service.start((spawned) => {
      this.#running.set(service.name, { service, process: spawned });
      this.#onSpawn(spawned);
      // asked to end while this one was on its way
      if (this.#stopping.signal.aborted) void this.#stopOne(service.name);
    });
    this.#running.set(service.name, { service, process });
    return process;
  }

  async #watch(service: Service, first: ServerProcess): Promise<void> {
    let current = first;
    let crashes = 0;
    let readyMs = performance.now();
    for (;;) {
      const exit = await current.exited;
      if (this.#stopping.signal.aborted) return;
      const endedMs = performance.now();
      if (endedMs - readyMs > HEALTHY_MS) crashes = 0;
      let what = `${service.name} ended (${inWords(exit)})`;
      for (;;) {
        const seconds = BACK_OFF_SECONDS[Math.min(crashes, BACK_OFF_SECONDS.length - 1)] ?? 0;
        crashes += 1;
        this.#say(`${what}: ${seconds === 0 ? 'starting it again' : `next try in ${seconds} s`} (log: ${service.logFile})`);
        try {
          if (seconds > 0) await sleep(seconds * 1_000, undefined, { signal: this.#stopping.signal });
          current = await this.#start(service);
          break;
        } catch (error) {
          if (this.#stopping.signal.aborted) return;
          what = withoutLog((error as Error).message);
        }
      }
      readyMs = performance.now();
      this.#say(`${service.name} is back after ${((readyMs - endedMs) / 1_000).toFixed(1)} s`);
    }
  }
}

function inWords({ code, signal }: Exit): string {
  if (signal) return signal;
  return code === null ? 'unseen' : `exit code ${code}`;
}

/** The message of a failure without the place of its log. */
export function withoutLog(message: string): string {
  return message.replace(/ \(log: .*\)$/, '');
}
