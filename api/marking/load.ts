import type { Actor } from '#api/http/actor.ts';
import type { Deps } from '#api/deps.ts';
import { can, demand } from '#api/monitor/policy.ts';
import { presentMark } from '#api/results/present.ts';
import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { markingAnswerSchema } from '#contracts/marking.ts';
import type { Queryable } from '#db/connection.ts';
import { type AnswerFlag, listDrafts, listFlags, listMarkerMarks, type MarkerMark } from '#db/marking/answers.ts';
import type { MarkingAnswer } from '#db/marking/answer-rows.ts';
import { listRubrics, type RubricRow, selectRubricVersion } from '#db/marking/rubrics.ts';
import { type MarkingSettings, selectMarkingSettings } from '#db/marking/settings.ts';
import { type ItemsOf, syncMarking } from '#db/marking/sync.ts';
import { type ExamSubject, selectExamSubject, selectSessionSubject } from '#db/monitor/subjects.ts';
import { listMarks } from '#db/results/marks.ts';
import { listSessionFiles } from '#db/session/files.ts';
import { fileIdsOf } from '#domain/marking/annotations.ts';
import { answerText, countWords } from '#domain/marking/answer-text.ts';
import type { DrawnItem } from '#domain/paper/types.ts';
import type { z } from 'zod';

import { presentDraft, presentLease, presentMarkerMark, presentRubric, presentSubject } from './present.ts';
import { mayReconcile, roleFor, visibleFlags, visibleMarks } from './sight.ts';

/** An exam that the actor may mark. */
export interface MarkedExam {
  readonly exam: ExamSubject;
  readonly settings: MarkingSettings;
  /** The actor decides here: the owner, or an admin. */
  readonly decides: boolean;
}

/**
 * Opens the marking of an exam to those who may mark it.
 * @throws not-found, forbidden
 */
export async function openMarking(q: Queryable, deps: Deps, actor: Actor, examId: string): Promise<MarkedExam> {
  const exam = await selectExamSubject(q, examId, actor.id);
  demand(actor, 'mark-answers', exam);
  const settings = await selectMarkingSettings(q, exam.id);
  await syncMarking(q, exam.id, itemsOf(deps));
  return { exam, settings, decides: can(actor, 'mark', exam) };
}

/** The same from a session. @throws not-found, forbidden */
export async function openMarkingOf(q: Queryable, deps: Deps, actor: Actor, sessionId: string): Promise<MarkedExam> {
  return openMarking(q, deps, actor, (await selectSessionSubject(q, sessionId, actor.id)).exam.id);
}

/** The items of the paper of a session. */
export function itemsOf(deps: Deps): ItemsOf {
  return async (examId, seed) => (await deps.contents.drawnPaperOf(examId, seed)).sections.flatMap((section) => section.items);
}

/** An item of a paper with its question. */
export async function itemIn(deps: Deps, examId: string, seed: string, itemId: string): Promise<DrawnItem> {
  const paper = await deps.contents.drawnPaperOf(examId, seed);
  return paper.sections.flatMap((section) => section.items).find((item) => item.id === itemId)!;
}

type AnswerOut = z.input<typeof markingAnswerSchema>;

/** Answers with all that is needed to mark them, as the actor may see them. */
export async function presentAnswers(q: Queryable, deps: Deps, actor: Actor, { exam, settings, decides }: MarkedExam, answers: readonly MarkingAnswer[]): Promise<AnswerOut[]> {
  // one after the other: a transaction has one connection
  const marks = await listMarkerMarks(q, answers);
  const drafts = await listDrafts(q, answers, actor.id);
  const flags = await listFlags(q, answers);
  const rubrics = await listRubrics(q, exam.id);
  const effective = await listMarks(q, distinctSessions(answers));
  const files = await listSessionFiles(q, answers.flatMap((answer) => fileIdsOf(answer.response)));
  const of = <T extends { sessionId: string; itemId: string }>(list: readonly T[], answer: MarkingAnswer): T[] => list.filter((each) => each.sessionId === answer.sessionId && each.itemId === answer.itemId);
  const presented: AnswerOut[] = [];
  for (const answer of answers) {
    const rubric = rubrics.get(answer.itemId) ?? { itemId: answer.itemId, version: 0, kind: 'additive', criteria: [], editedBy: null, editedAtMs: null, olderMarks: 0 } satisfies RubricRow;
    const seen = visibleMarks(answer, of(marks, answer), actor.id);
    const own = seen.find((mark) => mark.graderId === actor.id);
    const draft = of(drafts, answer)[0];
    const counts = answer.state === 'done' ? of(effective, answer)[0] : undefined;
    const text = answerText(answer.response);
    presented.push({
      examId: exam.id,
      ...presentSubject(answer, settings.anonymous),
      role: roleFor(answer, actor.id),
      question: questionOf(await itemIn(deps, exam.id, answer.seed, answer.itemId)),
      maxPoints: answer.maxPoints,
      response: answer.response,
      text,
      wordCount: text === null ? null : countWords(text),
      revisions: answer.revisions,
      savedAt: maybeInstant(answer.savedAtMs),
      files: files.filter((file) => file.sessionId === answer.sessionId && fileIdsOf(answer.response).includes(file.id)).map((file, index) => ({
        // students put their names into those of files
        fileId: file.id, name: settings.anonymous ? `${index + 1}${/\.\w{1,8}$/.exec(file.fileName)?.[0] ?? ''}` : file.fileName, mediaType: file.mediaType, size: file.sizeBytes, href: `/api/v1/marking/answers/${answer.sessionId}/${answer.itemId}/files/${file.id}`,
      })),
      rubric: presentRubric(rubric, answer.maxPoints),
      usedRubric: await usedRubric(q, exam.id, answer, own, rubric),
      own: own === undefined ? null : presentMarkerMark(own, rubric.version),
      marks: seen.map((mark) => presentMarkerMark(mark, rubric.version)),
      draft: draft === undefined ? null : presentDraft(draft),
      effective: counts === undefined ? null : (presentMark(counts) as AnswerOut['effective']),
      flags: visibleFlags(answer, of(flags, answer), actor.id).map((flag) => presentFlag(flag, actor.id)),
      lease: presentLease(answer, actor.id),
      version: own?.version ?? 0,
      mayReconcile: mayReconcile(answer, actor.id, decides),
    });
  }
  return presented;
}

/** A flag. */
export function presentFlag(flag: AnswerFlag, actorId: string) {
  return { by: { id: flag.graderId, name: flag.graderName }, note: flag.note, at: instant(flag.atMs), mine: flag.graderId === actorId };
}

async function usedRubric(q: Queryable, examId: string, answer: MarkingAnswer, own: MarkerMark | undefined, now: RubricRow): Promise<AnswerOut['usedRubric']> {
  if (own?.rubricVersion === undefined || own.rubricVersion === null || own.rubricVersion === now.version) return null;
  const used = await selectRubricVersion(q, examId, answer.itemId, own.rubricVersion);
  return used === undefined ? null : presentRubric(used, answer.maxPoints);
}

function questionOf({ question }: DrawnItem): AnswerOut['question'] {
  return {
    type: question.type, text: question.text, media: (question.media ?? []).map((media) => ({ ...media })), key: { ...question.key }, explanation: question.explanation ?? null,
    ...('options' in question ? { options: question.options } : {}),
  };
}

function distinctSessions(answers: readonly MarkingAnswer[]): { sessionId: string; closedVersion: number }[] {
  return [...new Map(answers.map((answer) => [answer.sessionId, { sessionId: answer.sessionId, closedVersion: answer.closedVersion }])).values()];
}
