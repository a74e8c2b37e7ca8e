import type { Db } from '#db/connection.ts';
import { listCorrections } from '#db/exams/content.ts';
import { plainText } from '#db/questions/plain-text.ts';
import { selectFacts } from '#db/statistics/facts.ts';
import { correctItems, itemsOfContent } from '#domain/grading/corrections.ts';
import type { ExamContent } from '#domain/paper/types.ts';
import type { QuestionContent } from '#domain/questions/types.ts';
import { type ExamStatistics, examStatistics } from '#domain/statistics/exam-statistics.ts';
import type { ChoiceFacts, ItemFacts } from '#domain/statistics/facts.ts';

const LONGEST = 160;

/** Computes the statistics of an exam and its questions, in the order in which the exam was written. */
export async function statisticsOfExam(db: Db, examId: string, content: ExamContent): Promise<ExamStatistics> {
  const drawn = correctItems(itemsOfContent(content), await listCorrections(db, examId));
  const items = drawn.map(({ id, question, questionId }, index): ItemFacts => ({
    itemId: id, questionId, number: index + 1, section: '', type: question.type, text: shortened(question.text), choices: choicesOf(question),
  }));
  const withChoices = items.flatMap((item, index) => (item.choices === null ? [] : [index]));
  const { results: _results, sessions, ...facts } = await selectFacts(db, examId, items.map((item) => item.itemId), withChoices);
  return examStatistics({
    ...facts, items,
    sessions: sessions.map(({ cells, choices, points, maxPoints, ...session }) => {
      const responses = choices === null ? {} : (JSON.parse(choices) as Record<string, Response>);
      return {
        ...session, points: Number(points), maxPoints: Number(maxPoints),
        cells: (cells === '' ? [] : cells.split(';')).map((packed) => {
          const [item = '', got, most, answered] = packed.split(':');
          return { item: Number(item), points: Number(got), maxPoints: Number(most), answered: answered === '1', chosen: chosenIn(responses[item]) };
        }),
      };
    }),
  });
}

interface Response {
  readonly optionId?: string;
  readonly optionIds?: readonly string[];
  readonly value?: boolean;
}

function chosenIn(response: Response | undefined): readonly string[] {
  if (response?.optionId !== undefined) return [response.optionId];
  return response?.optionIds ?? (response?.value === undefined ? [] : [String(response.value)]);
}

function choicesOf(question: QuestionContent): ChoiceFacts[] | null {
  switch (question.type) {
    case 'single-choice': return question.options.map(({ id, text }) => ({ id, text: shortened(text), isKey: id === question.key.optionId }));
    case 'multiple-choice': return question.options.map(({ id, text }) => ({ id, text: shortened(text), isKey: question.key.optionIds.includes(id) }));
    case 'true-false': return [true, false].map((value) => ({ id: String(value), text: String(value), isKey: value === question.key.value }));
    default: return null;
  }
}

function shortened(text: QuestionContent['text']): string {
  const plain = plainText(text);
  // by code points: half a surrogate pair is no text
  return plain.length <= LONGEST ? plain : `${[...plain].slice(0, LONGEST).join('')}…`;
}
