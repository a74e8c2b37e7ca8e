import { StartFailure } from '#tools/servers/failure.ts';
import { portProblem } from '#tools/servers/ports.ts';
import type { TemporalPorts } from '#tools/servers/temporal.ts';

/** Every port of a stack. All but `api` are loopback only. */
export interface PortPlan {
  api: number;
  postgres: number;
  nats: number;
  mailbox: number;
  temporal: TemporalPorts;
}

export const DEFAULT_PORT = 8080;

// Temporal keeps its ports in a 16-bit signed column: nothing above 32767 works; below lies what systems hand out by themselves
const FIRST = 20_000;
const LAST = 31_999;
const BLOCK = 16;

/** The ports that belong to one API port: neighbours do not overlap, so two stacks side by side do not meet. */
export function derivePorts(api: number, attempt = 0): PortPlan {
  const blocks = Math.floor((LAST - FIRST + 1) / BLOCK);
  const base = FIRST + ((api + attempt * 101) % blocks) * BLOCK;
  const [postgres, nats, frontend, history, matching, worker, frontendMembership, historyMembership, matchingMembership, workerMembership, metrics, mailbox] = Array.from(
    { length: BLOCK },
    (_, index) => base + index,
  ) as [number, number, number, number, number, number, number, number, number, number, number, number];
  return {
    api,
    postgres,
    nats,
    mailbox,
    temporal: { frontend, history, matching, worker, frontendMembership, historyMembership, matchingMembership, workerMembership, metrics },
  };
}

/**
 * Chooses the ports of a stack: those remembered while they are free, else a block that is.
 * @param remembered the plan of the last start
 * @param ours ports that servers left by an earlier run of this stack still hold
 * @throws StartFailure when the API port itself is taken
 */
export async function choosePorts(api: number, host: string, remembered: PortPlan | undefined, ours: ReadonlySet<number> = new Set()): Promise<PortPlan> {
  const problem = await portProblem(api, host);
  if (problem === 'EACCES') throw new StartFailure(`Port ${api} may not be used by this account: choose one from 1024 upward with --port.`);
  if (problem === 'EADDRNOTAVAIL' || problem === 'ENOTFOUND') throw new StartFailure(`HOLDFAST_HOST ${host} is not an address of this machine.`);
  if (problem) throw new StartFailure(`Port ${api} is in use by another program: stop it, or choose another port with "npm start -- --port ${api < 65_000 ? api + 100 : DEFAULT_PORT}".`);
  const candidates = [...(remembered ? [{ ...derivePorts(api), ...remembered, api }] : []), ...Array.from({ length: 50 }, (_, attempt) => derivePorts(api, attempt))];
  for (const plan of candidates) {
    const needed = innerPorts(plan).filter((port) => !ours.has(port));
    if (!needed.includes(api) && (await Promise.all(needed.map((port) => portProblem(port)))).every((taken) => taken === undefined)) return plan;
  }
  throw new StartFailure(`No ${BLOCK} free ports were found between ${FIRST} and ${LAST} for the database and the other servers.`);
}

/** All ports of a plan but that of the API. */
export function innerPorts(plan: PortPlan): number[] {
  return [plan.postgres, plan.nats, plan.mailbox, ...Object.values(plan.temporal)];
}
