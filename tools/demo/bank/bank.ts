import type { Tx } from '#db/connection.ts';
import { type QuestionDraft, versionColumns } from '#db/questions/rows.ts';
import type { FrozenQuestion } from '#domain/paper/types.ts';

import { idOf, insertRows, instant, type PastEntry, type Trail } from '../rows.ts';
import { DAY, HOUR, MINUTE } from '../times.ts';
import type { DemoQuestion } from './forms.ts';
import { importedQuestions } from './imported-questions.ts';
import { OWN_QUESTIONS } from './own-questions.ts';

/** A question with its row. */
export interface StoredDemoQuestion extends DemoQuestion {
  readonly id: string;
}

/** The question bank of the demo teacher. */
export interface DemoBank {
  readonly questions: readonly StoredDemoQuestion[];
  /** @throws RangeError for a title that no question has */
  byTitle(title: string): StoredDemoQuestion;
  /** As they are frozen into an exam, by id. */
  readonly frozen: ReadonlyMap<string, FrozenQuestion>;
  /** Ids of the questions that have a tag. */
  withTag(tag: string): string[];
}

/**
 * Inserts the bank as it grew: a file on the first day, then a few questions written on each of the days after it.
 * @param beganMs epoch ms
 */
export async function insertBank(tx: Tx, ownerId: string, beganMs: number, trail: Trail): Promise<DemoBank> {
  const entries = [...importedQuestions(), ...OWN_QUESTIONS].map((question, index, all) => {
    const written = index - all.findIndex(({ origin }) => origin === 'manual');
    const atMs = question.origin === 'import' ? beganMs : beganMs + (1 + Math.floor(written / 5)) * DAY + 3 * HOUR + (written % 5) * 17 * MINUTE;
    return { atMs, question: { ...question, id: idOf(atMs) } };
  });
  await insertRows(tx, 'questions', entries.map(({ atMs, question }) => ({ id: question.id, currentVersion: 1, createdBy: ownerId, createdAt: instant(atMs), updatedAt: instant(atMs) })));
  await insertRows(tx, 'question_versions', entries.map(({ atMs, question }) => ({
    questionId: question.id, version: 1, ...versionColumns(draftOf(question)), createdBy: ownerId, createdAt: instant(atMs),
  })));
  trail.push(...entries.map(({ atMs, question }): PastEntry => ({
    atMs, actorId: ownerId, action: 'question.create', resourceType: 'question', resourceId: question.id,
    after: { type: question.content.type, points: question.content.points, tags: question.tags, difficulty: question.difficulty },
  })));
  return bankOf(entries.map(({ question }) => question));
}

function draftOf({ content, tags, topic, difficulty, origin }: DemoQuestion): QuestionDraft {
  return { content, meta: { tags, subject: 'Biology', topic, difficulty }, origin };
}

function bankOf(questions: readonly StoredDemoQuestion[]): DemoBank {
  const titles = new Map(questions.map((question) => [question.title, question]));
  return {
    questions,
    byTitle: (title) => {
      const found = titles.get(title);
      if (found === undefined) throw new RangeError(`the demo bank has no question "${title}"`);
      return found;
    },
    frozen: new Map(questions.map((question) => [question.id, { version: 1, content: question.content }])),
    withTag: (tag) => questions.filter((question) => question.tags.includes(tag)).map((question) => question.id),
  };
}
