import type { z } from 'zod';

import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { staffHelpRequestSchema } from '#contracts/monitor.ts';
import type { Helper, HelpRequestRow } from '#db/monitor/help-requests.ts';

/** A help request for those who watch over the exam. */
export function presentHelpRequest(row: HelpRequestRow): z.input<typeof staffHelpRequestSchema> {
  return {
    id: row.id,
    sessionId: row.sessionId,
    examId: row.examId,
    student: { id: row.student.id, externalId: row.student.externalId, name: row.student.name },
    reason: row.reason,
    at: instant(row.atMs),
    state: row.state,
    claimedBy: presentHelper(row.claimedBy),
    claimedAt: maybeInstant(row.claimedAtMs),
    resolvedBy: presentHelper(row.resolvedBy),
    resolvedAt: maybeInstant(row.resolvedAtMs),
    note: row.note,
  };
}

function presentHelper(helper: Helper | null): { id: string; name: string } | null {
  return helper === null ? null : { id: helper.id, name: helper.name };
}
