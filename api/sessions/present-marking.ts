import type { z } from 'zod';

import type { releasedMarkingSchema } from '#contracts/sessions.ts';
import type { ResultVisibility } from '#db/grading/gate.ts';
import type { ReleasableMarking } from '#db/grading/released.ts';

type MarkingOut = z.input<typeof releasedMarkingSchema>;

/** What graders said, for somebody who may read feedback: points only with the score, own words only with the items. */
export function presentMarking({ rubric, parts, annotations }: ReleasableMarking, { score, items }: Pick<ResultVisibility, 'score' | 'items'>): MarkingOut {
  const worth = (points: string | null | undefined): { points?: string } => (score && points !== null && points !== undefined ? { points } : {});
  return {
    criteria: (rubric?.criteria ?? []).map((criterion) => ({ label: criterion.label, level: criterion.level, comment: criterion.comment, ...worth(criterion.points) })),
    parts: (parts ?? []).map((part) => ({ label: part.label, comment: part.comment, ...worth(part.points) })),
    annotations: annotations.map((annotation) => ({
      kind: annotation.kind, note: annotation.note, ...worth(annotation.points), ...(annotation.tone === undefined ? {} : { tone: annotation.tone }),
      ...(annotation.kind === 'text'
        ? { start: annotation.start, end: annotation.end, ...(items && annotation.quote !== undefined ? { quote: annotation.quote } : {}) }
        : { fileId: annotation.fileId, x: annotation.x, y: annotation.y, width: annotation.width, height: annotation.height }),
    })),
  };
}
