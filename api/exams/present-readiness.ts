import type { z } from 'zod';

import type { examReadinessSchema } from '#contracts/exam-drafts.ts';
import type { StaffExam } from '#db/exams/exams.ts';
import type { Readiness } from '#db/exams/readiness.ts';
import type { FieldError } from '#domain/problem.ts';

type ReadinessOut = z.input<typeof examReadinessSchema>;
type Finding = ReadinessOut['errors'][number];

/** What is missing before an exam can be published. */
export function presentReadiness(exam: StaffExam, readiness: Readiness): ReadinessOut {
  return {
    examId: exam.id,
    version: exam.version,
    published: exam.lifecycle !== 'draft',
    ready: readiness.errors.length === 0,
    errors: readiness.errors.map(presentFinding),
    warnings: readiness.warnings.map(presentFinding),
    totals: { ...readiness.totals },
    pools: readiness.pools.map(({ section, tag, wanted, available, easy, medium, hard }) => ({ section, tag, wanted, available, easy, medium, hard })),
  };
}

function presentFinding({ pointer, message }: FieldError): Finding {
  return { pointer, message, step: stepOf(pointer) };
}

/** The step of the builder in which it can be mended. */
function stepOf(pointer: string): Finding['step'] {
  if (pointer.startsWith('/sections')) return 'questions';
  return pointer.startsWith('/window') || pointer.startsWith('/assignments') ? 'schedule' : 'basics';
}
