
import type { WindowActivities, WindowMilestone, WindowView } from '#activities/schedule/window-activities.ts';

import type { WorkflowServer } from './workflow-environment.ts';

/** The window of an exam held in memory, on the clock of its Temporal server. */
export interface FakeWindow {
  version: number;
  milestones: WindowMilestone[];
  readonly activities: WindowActivities;
  /** Milestones in the order in which they were carried out, with the instant. */
  readonly reached: { readonly key: string; readonly atMs: number; readonly version: number }[];
  /** How often the close-out finds somebody still sitting, and for how long each time, ms. */
  stillSitting: number[];
  completedVersion: number | null;
  loads: number;
  /** Called before the completion is recorded. */
  beforeComplete: () => void;
}

/** @param schedule milestones with the instant of each, epoch ms */
export function createFakeWindow(env: Pick<WorkflowServer, 'currentTimeMs'>, schedule: Readonly<Record<string, number>>): FakeWindow {
  const fake: FakeWindow = {
    version: 1,
    milestones: milestonesAt(schedule),
    reached: [],
    stillSitting: [],
    completedVersion: null,
    loads: 0,
    beforeComplete: () => undefined,
    activities: {
      async loadWindow() {
        fake.loads += 1;
        return await view();
      },
      async reachMilestone({ key, version }) {
        const nowMs = await env.currentTimeMs();
        const milestone = fake.milestones.find((candidate) => candidate.key === key);
        if (version !== fake.version || milestone === undefined || milestone.reached || milestone.dueAtMs > nowMs) return await view();
        const waitMs = key === 'close-out' ? fake.stillSitting.shift() : undefined;
        if (waitMs !== undefined) return await view({ key, untilMs: nowMs + waitMs });
        fake.milestones = fake.milestones.map((other) => (other.key === key ? { ...other, reached: true } : other));
        fake.reached.push({ key, atMs: nowMs, version });
        return await view();
      },
      async completeWindow({ version }) {
        fake.beforeComplete();
        if (version === fake.version) fake.completedVersion = version;
        return await view();
      },
    },
  };

  async function view(waiting?: { key: string; untilMs: number }): Promise<WindowView> {
    return {
      version: fake.version,
      nowMs: await env.currentTimeMs(),
      milestones: fake.milestones.map((milestone) => (milestone.key === waiting?.key ? { ...milestone, dueAtMs: waiting.untilMs } : milestone)),
    };
  }
  return fake;
}

/** Milestones in order of time, none reached. */
export function milestonesAt(schedule: Readonly<Record<string, number>>): WindowMilestone[] {
  return Object.entries(schedule)
    .map(([key, dueAtMs]) => ({ key, dueAtMs, reached: false, overSessions: key === 'close-out' || key === 'publication' }))
    .sort((left, right) => left.dueAtMs - right.dueAtMs);
}
