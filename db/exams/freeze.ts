import { decimal } from '#domain/decimal.ts';
import { shortSections } from '#domain/paper/draw.ts';
import type { ExamContent, FrozenQuestion, FrozenSection } from '#domain/paper/types.ts';
import type { FieldError } from '#domain/problem.ts';
import { checkQuestion } from '#domain/questions/check-question.ts';

import type { ExamSection, StoredExam } from './types.ts';

/** What the bank holds for an exam at this moment. */
export interface BankSnapshot {
  /** The newest version of each question that the exam names or can draw; deleted ones are missing. */
  readonly questions: ReadonlyMap<string, FrozenQuestion>;
  /** Ids of the questions that have a tag, in a fixed order. */
  readonly pools: ReadonlyMap<string, readonly string[]>;
}

/** The content of an exam, and everything that stands against publishing it. */
export interface Frozen {
  readonly content: ExamContent;
  readonly errors: readonly FieldError[];
  /** Sections whose pool is too small. */
  readonly shortages: readonly FieldError[];
}

/** Puts the content of an exam together and checks all of it at once. */
export function freezeExam(exam: StoredExam, bank: BankSnapshot, nowMs: number): Frozen {
  const sections = exam.sections.map((section) => frozenSection(section, bank));
  const used = new Set(sections.flatMap((section) => [...section.items.map((item) => item.questionId), ...(section.draw?.pool ?? [])]));
  const questions = Object.fromEntries([...used].flatMap((id) => (bank.questions.has(id) ? [[id, bank.questions.get(id)!]] : [])));
  const content: ExamContent = {
    algorithm: 1,
    examId: exam.id,
    instructions: exam.instructions,
    navigation: exam.navigation,
    display: exam.display,
    shuffleItems: exam.shuffleItems,
    shuffleOptions: exam.shuffleOptions,
    sections,
    questions,
  };
  const shortages = shortSections(content).map((index) => ({
    pointer: `/sections/${index}/draw`,
    message: `wants ${exam.sections[index]!.draw!.count} questions with the tag "${exam.sections[index]!.draw!.tag}", and the other sections leave too few of the ${sections[index]!.draw!.pool.length}`,
  }));
  return { content, errors: [...windowErrors(exam, nowMs), ...sectionErrors(exam, bank)], shortages };
}

function frozenSection(section: ExamSection, bank: BankSnapshot): FrozenSection {
  const items = section.items.map(({ id, questionId, points }) => ({ id, questionId, points }));
  const { draw } = section;
  if (draw === undefined) return { title: section.title, items };
  return { title: section.title, items, draw: { tag: draw.tag, count: draw.count, points: draw.points, pool: bank.pools.get(draw.tag) ?? [] } };
}

function windowErrors(exam: StoredExam, nowMs: number): FieldError[] {
  if (exam.window === null) return [{ pointer: '/window', message: 'is not set: say when the exam can be sat' }];
  if (exam.window.closesAtMs <= nowMs) return [{ pointer: '/window/localEnd', message: 'is over already' }];
  return [];
}

function sectionErrors(exam: StoredExam, bank: BankSnapshot): FieldError[] {
  const errors: FieldError[] = [];
  if (exam.sections.every((section) => section.items.length === 0 && section.draw === undefined)) {
    errors.push({ pointer: '/sections', message: 'hold no question yet' });
  }
  exam.sections.forEach((section, index) => {
    const at = `/sections/${index}`;
    if (section.draw !== undefined && decimal(section.draw.points).num <= 0n) errors.push({ pointer: `${at}/draw/points`, message: 'must be more than 0' });
    section.items.forEach((item, place) => {
      if (decimal(item.points).num <= 0n) errors.push({ pointer: `${at}/items/${place}/points`, message: 'must be more than 0' });
      const question = bank.questions.get(item.questionId);
      if (question === undefined) {
        errors.push({ pointer: `${at}/items/${place}/questionId`, message: 'is not in the question bank any more' });
        return;
      }
      const checked = checkQuestion(question.content);
      if (!checked.ok) errors.push({ pointer: `${at}/items/${place}`, message: `is not complete: ${checked.errors.map((error) => `${error.pointer} ${error.message}`).join('; ')}` });
    });
  });
  return errors;
}
