import { createContext, useContext, type Accessor } from 'solid-js';

import type { Monitor } from './create-monitor.ts';
import type { View } from './create-view.ts';
import type { TimeAct } from './time-preview.ts';
import type { Scope, Student } from './types.ts';

/** A question that is open over the page. */
export type DialogSpec =
  | { readonly type: 'time'; readonly act: TimeAct; readonly scope: Scope; readonly seconds?: number }
  | { readonly type: 'message'; readonly scope: Scope }
  | { readonly type: 'terminate' | 'withdraw'; readonly keys: readonly string[] }
  | { readonly type: 'open' | 'cancel' | 'window' };

/** What the parts of the monitor share. */
export interface MonitorDesk {
  readonly monitor: Monitor;
  readonly view: View;
  /** The server's clock, once a second. */
  readonly nowMs: Accessor<number>;
  readonly selected: Accessor<ReadonlySet<string>>;
  select(keys: ReadonlySet<string>): void;
  /** Key of the student whose details are open. */
  readonly openKey: Accessor<string | undefined>;
  openStudent(key: string | undefined): void;
  ask(dialog: DialogSpec | undefined): void;
  /** Shows only these in the table. */
  showOnly(keys: readonly string[]): void;
}

/** Set by the page of the monitor. */
export const MonitorContext = createContext<MonitorDesk>();

/** The desk around a part of the monitor. */
export function useDesk(): MonitorDesk {
  return useContext(MonitorContext)!;
}

/** Everybody whom an act is for, as they are now. */
export function studentsIn(scope: Scope, { roster }: Pick<Monitor, 'roster'>): Student[] {
  if (scope.kind === 'students') return scope.keys.map((key) => roster.peek(key)).filter((student) => student !== undefined);
  const all = [...roster.students()];
  return scope.kind === 'all' ? all : all.filter(({ batchId }) => batchId === scope.batchId);
}

/** A scope as the API takes it. */
export function apiScope(scope: Scope, monitor: Pick<Monitor, 'roster'>): { all: true } | { batchIds: string[] } | { studentIds: string[] } {
  if (scope.kind === 'all') return { all: true };
  if (scope.kind === 'batch') return { batchIds: [scope.batchId] };
  return { studentIds: [...new Set(studentsIn(scope, monitor).map(({ studentId }) => studentId))] };
}
