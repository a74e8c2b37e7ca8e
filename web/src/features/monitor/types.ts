import type { z } from 'zod';

import type { examSchema, assignmentSchema } from '#contracts/exams.ts';
import type { incidentSchema, sessionCountsSchema, staffHelpRequestSchema } from '#contracts/monitor.ts';
import type { outageSchema, readinessSchema } from '#contracts/operations.ts';
import type { timelineEntrySchema } from '#contracts/sessions.ts';
import type { monitorRowSchema, timeChangeDetailSchema, timeChangeSchema, timeChangeVerdictSchema } from '#contracts/time-changes.ts';
import type { SessionState } from '#domain/session/state.ts';

/** A person by name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** An exam as staff see it. */
export type Exam = z.output<typeof examSchema>;
/** One student of an exam, started or not. */
export type Assignment = z.output<typeof assignmentSchema>;
/** One session as the API lists it. */
export type MonitorRow = z.output<typeof monitorRowSchema>;
/** A student who asked for help. */
export type HelpRequest = z.output<typeof staffHelpRequestSchema>;
/** An exam in numbers. */
export type SessionCounts = z.output<typeof sessionCountsSchema>;
/** What an exam page noticed. */
export type Incident = z.output<typeof incidentSchema>;
/** A time change that was made. */
export type TimeChange = z.output<typeof timeChangeSchema>;
/** The same with what it did to each student. */
export type TimeChangeDetail = z.output<typeof timeChangeDetailSchema>;
/** Answer to a time change. */
export type Verdict = z.output<typeof timeChangeVerdictSchema>;
/** One thing that happened in a session. */
export type TimelineEntry = z.output<typeof timelineEntrySchema>;
/** A time in which the platform did not answer. */
export type Outage = z.output<typeof outageSchema>;
/** How the platform is. */
export type Readiness = z.output<typeof readinessSchema>;

/** State of a student in the monitor: of the session, or that there is none yet. */
export type StudentState = SessionState | 'absent';

/** Why the time of a session last moved. */
export interface LastChange {
  readonly kind: string;
  readonly atMs: number;
  readonly reason: string | null;
  readonly actor: Named | null;
}

/** One line of the monitor: a session, or a student who has not started. Instants are epoch ms. */
export interface Student {
  /** Id of the session, or of the student without one. */
  readonly key: string;
  readonly sessionId: string | null;
  readonly studentId: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly batchId: string | null;
  readonly attempt: number;
  readonly state: StudentState;
  readonly startedAtMs: number | null;
  /** Null while paused or not started. */
  readonly deadlineAtMs: number | null;
  /** What stands on a paused clock. */
  readonly remainingMs: number;
  readonly pausedAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly closeReason: string | null;
  readonly version: number;
  readonly acknowledgedVersion: number;
  readonly answered: number;
  readonly total: number;
  readonly lastSavedAtMs: number | null;
  readonly online: boolean;
  /** Since when there is no connection; null while there is one. */
  readonly offlineSinceMs: number | null;
  readonly incidents: number;
  /** Decimal string; undefined where the server does not tell. */
  readonly multiplier: string | undefined;
  readonly entitledMs: number | undefined;
  readonly lastChange: LastChange | null;
  /** For the search: name and number, in lower case without marks. */
  readonly searchText: string;
}

/** Whom an act is for. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'batch'; readonly batchId: string }
  | { readonly kind: 'students'; readonly keys: readonly string[] };
