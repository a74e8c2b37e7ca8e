import { existsSync, readFileSync, rmSync } from 'node:fs';

import { adoptProcess, isSameProcess, processStartMark, type ServerProcess, stopProcess } from '#tools/servers/process.ts';

import { writeAtomically } from './files.ts';
import { innerPorts, type PortPlan } from './port-plan.ts';

interface Entry {
  pid: number;
  startMark: string;
}

interface Content {
  processes: Record<string, Entry>;
  ports: PortPlan | undefined;
}

/** The order in which the processes of a stack end: each line needs those below it. */
export const STOP_ORDER: readonly (readonly string[])[] = [['api', 'worker', 'worker-grading'], ['temporal', 'nats', 'mailbox'], ['postgres']];

const STOP_TIMEOUT_MS = 10_000;

/** The file `run.json` of a data folder: which processes run now. It outlives a killed supervisor. */
export class RunFile {
  readonly #file: string;
  #content: Content;

  constructor(file: string) {
    this.#file = file;
    this.#content = { processes: {}, ports: undefined };
  }

  /** Process ids by name, the supervisor included. */
  pids(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.#content.processes).map(([name, { pid }]) => [name, pid]));
  }

  /** Writes down the supervisor, with which a new record begins. */
  begin(ports: PortPlan): void {
    this.#content = { processes: { supervisor: { pid: process.pid, startMark: processStartMark(process.pid) ?? '' } }, ports };
    this.#write();
  }

  /** Writes down a process as soon as it exists. */
  add({ name, pid, startMark }: ServerProcess): void {
    this.#content.processes[name] = { pid, startMark };
    this.#write();
  }

  /** Nothing runs any more. */
  end(): void {
    rmSync(this.#file, { force: true });
  }

  /**
   * Ends what a killed supervisor left behind, except PostgreSQL, which the next start takes over as it is.
   * @param say told what is ended
   * @returns the ports that what is left still holds, for the next start of this stack to use
   */
  async clearLeftovers(say: (line: string) => void): Promise<ReadonlySet<number>> {
    const left = readContent(this.#file);
    if (!left) return new Set();
    const alive = (name: string): Entry | undefined => {
      const entry = left.processes[name];
      return entry && isSameProcess(entry.pid, entry.startMark) ? entry : undefined;
    };
    for (const names of STOP_ORDER.filter((group) => !group.includes('postgres'))) {
      const running = names.flatMap((name) => {
        const entry = alive(name);
        return entry ? [adoptProcess(name, entry.pid)] : [];
      });
      if (running.length > 0) say(`Ending what an earlier run left behind: ${running.map(({ name, pid }) => `${name} (${pid})`).join(', ')}`);
      await Promise.all(running.map((server) => stopProcess(server, 'SIGTERM', STOP_TIMEOUT_MS)));
    }
    return new Set(alive('postgres') && left.ports ? innerPorts(left.ports) : []);
  }

  #write(): void {
    writeAtomically(this.#file, `${JSON.stringify(this.#content, null, 2)}\n`, 0o644);
  }
}

function readContent(file: string): Content | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Content;
  } catch {
    return undefined;
  }
}
