import { compare, decimal, formatDecimal } from '#domain/decimal.ts';
import { annotationErrors, quoteOf } from '#domain/marking/annotations.ts';
import { partsPoints, rubricPoints } from '#domain/marking/points.ts';
import type { MarkerRole } from '#domain/marking/types.ts';
import { Refusal, type FieldError } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { canonical, STORED } from '../results/rows.ts';
import { lockSession } from '../session/rows.ts';
import { listDrafts, listMarkerMarks, type MarkContent, type MarkerDraft } from './answers.ts';
import { lockAnswer, type LockedAnswer, whyNotFree, writeLease } from './leases.ts';
import { countUses, writeFlag } from './notes.ts';
import { selectRubricVersion } from './rubrics.ts';
import { type EffectiveMark, needsSecond, settleOne, settlePair, writeEffective } from './settle.ts';
import type { MarkingSettings } from './settings.ts';
import type { ItemsOf } from './sync.ts';

/** A mark, or a draft of one, as a grader sends it. */
export interface GivenMark extends MarkContent {
  readonly sessionId: string;
  readonly itemId: string;
  readonly role: MarkerRole;
  /** Hand-in that the grader saw. */
  readonly closedVersion: number;
  readonly graderId: string;
  readonly settings: MarkingSettings;
}

/** A mark with what belongs to it. */
export interface NewMarkerMark extends GivenMark {
  /** Of the own mark that the grader saw; 0 for none. */
  readonly version: number;
  readonly commentIds: readonly string[];
  /** New flag, null to clear it, undefined to leave it. */
  readonly flag: string | null | undefined;
  readonly hasQuestionImage: boolean;
  readonly origin: Origin;
  readonly itemsOf: ItemsOf;
}

/**
 * Takes the mark of one grader. It counts at once when one mark is enough; with two wanted nothing counts before both are in.
 * @throws not-found, state-conflict (somebody else has or has marked it), version-conflict, validation-failed
 */
export async function giveMark(tx: Queryable, given: NewMarkerMark): Promise<void> {
  const answer = await lockAnswer(tx, given.sessionId, given.itemId);
  refuseOtherHandIn(answer, given.closedVersion);
  const why = whyNotFree(answer, given.graderId, given.role);
  if (why !== null) throw new Refusal('state-conflict', `${why} What you wrote is kept as your draft.`);
  await lockSession(tx, given.sessionId);
  const known = (await listMarkerMarks(tx, [answer])).find((mark) => mark.role === given.role);
  if ((known?.version ?? 0) !== given.version) {
    throw new Refusal('version-conflict', `Your mark was changed meanwhile (version ${known?.version ?? 0}). What you wrote is kept as your draft.`);
  }
  const { response, maxPoints } = await selectMarked(tx, answer);
  const mark = await checkMark(tx, answer, given, response, maxPoints);
  const version = given.version + 1;
  await writeMarkerMark(tx, answer, given, mark, version);
  await countUses(tx, answer.examId, answer.itemId, given.commentIds);
  if (given.flag !== undefined) await writeFlag(tx, answer, given.graderId, given.flag, given.origin);
  await settle(tx, answer, given, version);
  // last: after a refusal the draft is written from outside, which must not wait for us
  await tx.query('delete from marker_drafts where (session_id, closed_version, item_id, grader_id) = ($1, $2, $3, $4)', [answer.sessionId, answer.closedVersion, answer.itemId, given.graderId]);
}

/** Keeps what a grader wrote; it renews the lease as long as the answer is free for this grader. */
export async function keepDraft(tx: Queryable, given: GivenMark): Promise<void> {
  const answer = await lockAnswer(tx, given.sessionId, given.itemId);
  await writeDraft(tx, given, false);
  if (answer.closedVersion === given.closedVersion && whyNotFree(answer, given.graderId, given.role) === null) {
    await writeLease(tx, answer, { graderId: given.graderId, role: given.role, leaseMinutes: given.settings.leaseMinutes });
  }
}

/** Keeps the words of a mark that was refused, in a statement of its own: the refusal rolls everything else back. */
export async function keepRefusedMark(q: Queryable, given: GivenMark): Promise<MarkerDraft> {
  await writeDraft(q, given, true);
  return (await listDrafts(q, [given], given.graderId))[0]!;
}

async function writeDraft(q: Queryable, { sessionId, itemId, closedVersion, graderId, role, ...given }: GivenMark, refused: boolean): Promise<void> {
  const { points, rubricVersion, selection, parts, comment, annotations } = given;
  await q.query(
    `insert into marker_drafts (session_id, closed_version, item_id, grader_id, role, content, refused) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (session_id, closed_version, item_id, grader_id) do update set role = excluded.role, content = excluded.content, refused = excluded.refused, saved_at = holdfast_now()`,
    [sessionId, closedVersion, itemId, graderId, role, JSON.stringify({ points, rubricVersion, selection, parts, comment, annotations }), refused],
  );
}

function refuseOtherHandIn(answer: LockedAnswer, seen: number): void {
  if (answer.closedVersion === seen) return;
  throw new Refusal('version-conflict', 'The session was handed in anew since you saw this answer. Load it again; what you wrote is kept as your draft.');
}

async function selectMarked(tx: Queryable, answer: LockedAnswer): Promise<{ response: unknown; maxPoints: string }> {
  const { rows } = await tx.query<{ response: unknown; max_points: string; state: string; version: number }>(
    `select w.response, m.max_points, m.state, m.version from marks m left join answers w on w.session_id = m.session_id and w.item_id = m.item_id
      where m.session_id = $1 and m.closed_version = $2 and m.item_id = $3`,
    [answer.sessionId, answer.closedVersion, answer.itemId],
  );
  const row = rows[0]!;
  if (row.state === 'graded' && row.version !== answer.settledVersion) {
    throw new Refusal('state-conflict', 'The mark that counts was set elsewhere meanwhile. What you wrote is kept as your draft.');
  }
  return { response: row.response, maxPoints: canonical(row.max_points) };
}

interface CheckedMark {
  readonly points: string;
  readonly computedPoints: string | null;
}

async function checkMark(tx: Queryable, answer: LockedAnswer, given: NewMarkerMark, response: unknown, maxPoints: string): Promise<CheckedMark> {
  const errors: FieldError[] = [...annotationErrors(given.annotations, response, given.hasQuestionImage)];
  const computedPoints = await computePoints(tx, answer, given, maxPoints, errors);
  const points = given.points ?? computedPoints;
  if (points === null && errors.length === 0) errors.push({ pointer: '/points', message: 'must be given where neither rubric nor parts give points' });
  if (points !== null && !isWithin(points, maxPoints)) errors.push({ pointer: '/points', message: `must be from 0 to ${maxPoints}` });
  if (errors.length > 0) throw new Refusal('validation-failed', 'The mark does not fit the answer.', { errors });
  return { points: formatDecimal(decimal(points!, STORED)), computedPoints };
}

async function computePoints(tx: Queryable, answer: LockedAnswer, given: NewMarkerMark, maxPoints: string, errors: FieldError[]): Promise<string | null> {
  if (given.selection !== null) {
    const rubric = given.rubricVersion === null ? undefined : await selectRubricVersion(tx, answer.examId, answer.itemId, given.rubricVersion);
    if (rubric === undefined) {
      errors.push({ pointer: '/rubricVersion', message: 'is no version of the rubric of this item' });
      return null;
    }
    const verdict = rubricPoints(rubric, given.selection, maxPoints);
    if (verdict.ok) return verdict.points;
    errors.push(...verdict.errors);
    return null;
  }
  return given.parts === null ? null : partsPoints(given.parts, maxPoints);
}

function isWithin(points: string, maxPoints: string): boolean {
  const value = decimal(points, STORED);
  return value.num >= 0n && compare(value, decimal(maxPoints, STORED)) <= 0;
}

async function writeMarkerMark(tx: Queryable, answer: LockedAnswer, given: NewMarkerMark, mark: CheckedMark, version: number): Promise<void> {
  const key = [answer.sessionId, answer.closedVersion, answer.itemId];
  await tx.query(
    'update marker_marks set superseded_at = holdfast_now() where (session_id, closed_version, item_id, role) = ($1, $2, $3, $4) and superseded_at is null',
    [...key, given.role],
  );
  const { rows } = await tx.query<{ response: unknown }>('select response from answers where session_id = $1 and item_id = $2', [answer.sessionId, answer.itemId]);
  const content = {
    selection: given.selection, parts: given.parts, comment: given.comment,
    annotations: given.annotations.map((each) => (each.kind === 'text' ? { ...each, quote: quoteOf(each, rows[0]?.response) } : each)),
  };
  await tx.query(
    `insert into marker_marks (session_id, closed_version, item_id, role, version, grader_id, points, computed_points, rubric_version, content, seconds)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $11::bool then greatest(0, extract(epoch from holdfast_now() - (select leased_at from marking_answers where (session_id, closed_version, item_id) = ($1, $2, $3))))::int end)`,
    [...key, given.role, version, given.graderId, mark.points, mark.computedPoints, given.selection === null ? null : given.rubricVersion, JSON.stringify(content), answer.holderId === given.graderId],
  );
}

async function settle(tx: Queryable, before: LockedAnswer, given: NewMarkerMark, version: number): Promise<void> {
  const answer: LockedAnswer = given.role === 'first' ? { ...before, firstBy: given.graderId } : { ...before, secondBy: given.graderId };
  const marks = await listMarkerMarks(tx, [answer]);
  const own = marks.find((mark) => mark.role === given.role)!;
  const isAlone = answer.secondBy === null;
  // a first mark that is only changed keeps the rule that it was given under
  const waits = isAlone && (before.firstBy === null ? needsSecond(given.settings, before.draw) : before.state === 'second');
  const outcome: EffectiveMark | null = waits ? null : isAlone ? await settleOne(tx, answer, own) : settlePair(marks, given.settings.differenceThreshold);
  const state = waits ? 'second' : outcome === null ? 'reconcile' : 'done';
  // while a second marker is awaited the log must not tell the points either; they stand in the entry that settles
  await insertAudit(tx, given.origin, {
    action: 'marking.mark', resourceType: 'mark', resourceId: `${answer.sessionId}/${answer.itemId}`, examId: answer.examId, sessionId: answer.sessionId,
    after: { role: given.role, version, state, ...(waits ? {} : { marks: marks.map((mark) => ({ role: mark.role, graderId: mark.graderId, points: mark.points, rubricVersion: mark.rubricVersion, selection: mark.selection })) }) },
  });
  await tx.query(
    `update marking_answers set first_by = $4, second_by = $5, state = $6, lease_id = null, lease_holder = null, lease_role = null, leased_at = null, lease_until = null
      where session_id = $1 and closed_version = $2 and item_id = $3`,
    [answer.sessionId, answer.closedVersion, answer.itemId, answer.firstBy, answer.secondBy, state],
  );
  if (outcome !== null) await writeEffective(tx, answer, outcome, given.origin, given.itemsOf);
}
