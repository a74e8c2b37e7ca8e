/** When students may appeal, and who may decide. */

const DAY_MS = 86_400_000;

/** What the rule looks at. */
export interface AppealFacts {
  /** Whether the student may see the result now. */
  readonly open: boolean;
  /** When the results came out; for an exam that answers at once, when the session was closed. Epoch milliseconds. */
  readonly sinceMs: number | null;
  /** 0: the exam takes no appeals. */
  readonly appealDays: number;
}

/** The last moment of appeals, epoch milliseconds; null while results are not out, and where there are none. */
export function appealDeadlineMs({ open, sinceMs, appealDays }: AppealFacts): number | null {
  return open && sinceMs !== null && appealDays > 0 ? sinceMs + appealDays * DAY_MS : null;
}

/** Whether an appeal can be made now; the deadline itself is still in time. */
export function canAppeal(facts: AppealFacts, nowMs: number): boolean {
  const deadlineMs = appealDeadlineMs(facts);
  return deadlineMs !== null && nowMs <= deadlineMs;
}
