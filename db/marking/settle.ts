import { settleMarks } from '#domain/marking/points.ts';
import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { setMark } from '../results/marks.ts';
import { lockSession } from '../session/rows.ts';
import { listMarkerMarks, type MarkContent, type MarkerMark } from './answers.ts';
import { lockAnswer, type LockedAnswer } from './leases.ts';
import { selectRubricVersion } from './rubrics.ts';
import type { MarkingSettings } from './settings.ts';
import type { ItemsOf } from './sync.ts';

/** What was chosen in a rubric, in the words of its version: it stays readable whatever becomes of the rubric. */
export interface ChosenRubric {
  readonly version: number;
  readonly kind: 'additive' | 'level';
  readonly criteria: readonly { readonly criterionId: string; readonly label: string; readonly level: string | null; readonly points: string; readonly comment: string | null }[];
}

/** A mark that counts. */
export interface EffectiveMark {
  readonly points: string;
  readonly comment: string | null;
  readonly rubric: ChosenRubric | null;
  readonly parts: MarkContent['parts'];
  readonly annotations: MarkContent['annotations'];
}

/** Whether an answer gets a second marker. */
export function needsSecond({ secondMarking, samplePercent }: Pick<MarkingSettings, 'secondMarking' | 'samplePercent'>, draw: number): boolean {
  return secondMarking === 'all' || (secondMarking === 'sample' && draw < samplePercent);
}

/** What counts when one mark is enough. */
export async function settleOne(q: Queryable, answer: LockedAnswer, mark: MarkerMark): Promise<EffectiveMark> {
  return { points: mark.points, comment: mark.comment, rubric: await chosenOf(q, answer, mark), parts: mark.parts, annotations: mark.annotations };
}

/** What counts of two marks: their mean while they are close enough; null when a person has to decide. */
export function settlePair(marks: readonly MarkerMark[], threshold: string): EffectiveMark | null {
  const [first, second] = marks as [MarkerMark, MarkerMark];
  const settlement = settleMarks(first.points, second.points, threshold);
  return settlement.agreed ? { points: settlement.points, ...wordsOf(marks) } : null;
}

/**
 * Decides between two marks.
 * @param decide whether the actor may decide everything here; others must not have marked the answer
 * @throws not-found, state-conflict, forbidden, version-conflict, validation-failed
 */
export async function reconcile(
  tx: Queryable, given: { sessionId: string; itemId: string; closedVersion: number; points: string; comment: string | null; decide: boolean; origin: Origin; itemsOf: ItemsOf },
): Promise<void> {
  const answer = await lockAnswer(tx, given.sessionId, given.itemId);
  const isMarker = given.origin.actorId === answer.firstBy || given.origin.actorId === answer.secondBy;
  if (isMarker && !given.decide) throw new Refusal('forbidden', 'The owner of the exam or a third person decides between two marks.');
  if (answer.closedVersion !== given.closedVersion) throw new Refusal('version-conflict', 'The session was handed in anew since you saw this answer. Load it again.');
  if (answer.firstBy === null || answer.secondBy === null) throw new Refusal('state-conflict', 'There are no two marks to decide between.');
  await lockSession(tx, given.sessionId);
  const marks = await listMarkerMarks(tx, [answer]);
  const words = wordsOf(marks);
  await tx.query("update marking_answers set state = 'done' where session_id = $1 and closed_version = $2 and item_id = $3", [answer.sessionId, answer.closedVersion, answer.itemId]);
  await insertAudit(tx, given.origin, {
    action: 'marking.reconcile', resourceType: 'mark', resourceId: `${answer.sessionId}/${answer.itemId}`, examId: answer.examId, sessionId: answer.sessionId,
    before: { marks: marks.map((mark) => ({ role: mark.role, graderId: mark.graderId, points: mark.points })) }, after: { points: given.points },
  });
  await writeEffective(tx, answer, { ...words, points: given.points, comment: given.comment ?? words.comment }, given.origin, given.itemsOf);
}

/** Writes the mark that counts, with what students may see of it later. */
export async function writeEffective(tx: Queryable, answer: LockedAnswer, mark: EffectiveMark, origin: Origin, itemsOf: ItemsOf): Promise<void> {
  const key = [answer.sessionId, answer.closedVersion, answer.itemId];
  const { rows } = await tx.query<{ version: number }>('select version from grades where session_id = $1 and closed_version = $2', key.slice(0, 2));
  const rubric = mark.rubric ?? (mark.parts === null ? null : { parts: mark.parts });
  await setMark(tx, { sessionId: answer.sessionId, itemId: answer.itemId, points: mark.points, comment: mark.comment, rubric, version: rows[0]?.version ?? 0, origin, itemsOf });
  await tx.query(
    `update marking_answers a set effective = $4, settled_version = m.version from marks m
      where (a.session_id, a.closed_version, a.item_id) = ($1, $2, $3) and (m.session_id, m.closed_version, m.item_id) = ($1, $2, $3)`,
    [...key, JSON.stringify({ rubric: mark.rubric, parts: mark.parts, annotations: mark.annotations })],
  );
}

/** The words of both markers; a rubric or parts of one would not add up to what counts. */
function wordsOf(marks: readonly MarkerMark[]): Omit<EffectiveMark, 'points'> {
  const comments = [...new Set(marks.flatMap((mark) => mark.comment ?? []))];
  return { comment: comments.length === 0 ? null : comments.join('\n\n'), rubric: null, parts: null, annotations: marks.flatMap((mark) => mark.annotations) };
}

async function chosenOf(q: Queryable, answer: LockedAnswer, mark: MarkerMark): Promise<ChosenRubric | null> {
  if (mark.rubricVersion === null || mark.selection === null) return null;
  const rubric = (await selectRubricVersion(q, answer.examId, answer.itemId, mark.rubricVersion))!;
  return {
    version: rubric.version,
    kind: rubric.kind,
    criteria: mark.selection.map((choice) => {
      const criterion = rubric.criteria.find((each) => each.id === choice.criterionId)!;
      const level = criterion.levels?.find((each) => each.id === choice.levelId);
      return { criterionId: choice.criterionId, label: criterion.label, level: level?.label ?? null, points: level?.points ?? criterion.points ?? '0', comment: choice.comment };
    }),
  };
}
