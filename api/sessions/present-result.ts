import type { z } from 'zod';

import { instant } from '#api/sessions/present.ts';
import { presentMarking } from '#api/sessions/present-marking.ts';
import type { releasedItemSchema, releasedResultSchema } from '#contracts/sessions.ts';
import type { ResultGate, ResultVisibility } from '#db/grading/gate.ts';
import type { ReleasableMark } from '#db/grading/released.ts';
import type { SessionRow } from '#db/session/rows.ts';
import { decimal, formatDecimal } from '#domain/decimal.ts';
import { toPaperItem } from '#domain/paper/student-paper.ts';
import type { DrawnItem, DrawnPaper } from '#domain/paper/types.ts';
import type { RichText } from '#domain/questions/types.ts';

type ResultOut = z.input<typeof releasedResultSchema>;
type ItemOut = z.input<typeof releasedItemSchema>;

/** Everything there is to tell about a result. */
export interface ResultSource {
  readonly session: Pick<SessionRow, 'id' | 'examId' | 'attempt' | 'endedAtMs'>;
  readonly gate: ResultGate;
  readonly paper: DrawnPaper;
  readonly marks: readonly ReleasableMark[];
  /** How the class did; null where it is not to be told. */
  readonly distribution: ResultOut['distribution'] | null;
}

/** A result as far as the exam shows it to students: nothing beyond the five settings. */
export function presentResultForStudent(source: ResultSource): ResultOut {
  return presentResult(source, source.gate.visibility);
}

/** A result for those who mark the exam. */
export function presentResultForStaff(source: ResultSource): ResultOut {
  return presentResult(source, { score: true, items: true, key: true, feedback: true, distribution: true });
}

function presentResult({ session, gate, paper, marks, distribution }: ResultSource, shown: ResultVisibility): ResultOut {
  const grade = gate.grade!;
  const marksById = new Map(marks.map((mark) => [mark.itemId, mark]));
  const withItems = shown.items || shown.key || shown.feedback;
  return {
    sessionId: session.id,
    examId: session.examId,
    attempt: session.attempt,
    state: grade.state,
    examTitle: gate.examTitle,
    passPercent: gate.passPercent === null ? null : Number(gate.passPercent),
    endedAt: session.endedAtMs === null ? null : instant(session.endedAtMs),
    publishedAt: gate.publishedAtMs === null ? null : instant(gate.publishedAtMs),
    ...(shown.score ? scoreOf(gate) : {}),
    ...(shown.distribution && distribution !== null ? { distribution } : {}),
    ...(withItems ? { items: paper.sections.flatMap(({ title, items }, index) => items.map((item) => presentItem(item, { index, title }, marksById.get(item.id), shown))) } : {}),
  };
}

/** The score of a graded session, with the verdict and the grade once it is final. */
export function scoreOf({ grade }: ResultGate): Pick<ResultOut, 'points' | 'rawPoints' | 'maxPoints' | 'percent' | 'grade' | 'gradeLabel'> {
  const { points, rawPoints, maxPoints, percent, passed, gradeLabel } = grade!;
  return {
    points: canonical(points),
    ...(rawPoints === null ? {} : { rawPoints: canonical(rawPoints) }),
    maxPoints: canonical(maxPoints),
    ...(percent === null ? {} : { percent: Number(percent) }),
    grade: passed === null ? null : passed ? 'pass' : 'fail',
    gradeLabel,
  };
}

function presentItem(item: DrawnItem, section: ItemOut['section'], mark: ReleasableMark | undefined, shown: ResultVisibility): ItemOut {
  return {
    itemId: item.id,
    section,
    ...(shown.score && mark !== undefined ? { points: mark.points === null ? null : canonical(mark.points), maxPoints: canonical(mark.maxPoints) } : {}),
    ...(shown.items ? { item: toPaperItem(item) as ItemOut['item'], response: (mark?.response ?? null) as ItemOut['response'] } : {}),
    ...(shown.key ? { key: { ...item.question.key } } : {}),
    ...(shown.feedback ? { feedback: feedbackOf(item, mark, shown) } : {}),
  };
}

function feedbackOf(item: DrawnItem, mark: ReleasableMark | undefined, shown: ResultVisibility): NonNullable<ItemOut['feedback']> {
  const { question } = item;
  const options: Record<string, RichText> = {};
  if ((question.type === 'single-choice' || question.type === 'multiple-choice')) {
    for (const option of question.options) if (option.feedback !== undefined) options[option.id] = option.feedback;
  }
  return { explanation: question.explanation ?? null, options, comment: mark?.comment ?? null, ...(mark?.marking ? { marking: presentMarking(mark.marking, shown) } : {}) };
}

function canonical(points: string): string {
  return formatDecimal(decimal(points, { digits: 14, places: 4 }));
}
