import type { ResultGate, ResultVisibility } from '#db/grading/gate.ts';
import type { ReleasableMark } from '#db/grading/released.ts';
import type { ReportExam } from '#db/reports/source.ts';
import type { Distribution } from '#db/scales/distribution.ts';
import { decimal, formatDecimal } from '#domain/decimal.ts';
import { toPaperItem } from '#domain/paper/student-paper.ts';
import type { DrawnItem, DrawnPaper } from '#domain/paper/types.ts';

import { answerText, chosenIds, keyText, optionTexts } from './answers.ts';
import { barChart } from './charts.ts';
import { type ItemPart, type Part, type ReportDocument, type SetText, setPlain, setText } from './document.ts';
import { markingOf } from './marking.ts';
import { breakable } from './text/blocks.ts';
import type { Speech } from './words.ts';

/** Everything there is to report of a session. */
export interface StudentSource {
  readonly exam: ReportExam;
  readonly student: { readonly name: string; readonly externalId: string | null };
  readonly session: { readonly attempt: number; readonly endedAtMs: number | null };
  readonly gate: ResultGate;
  readonly paper: DrawnPaper;
  readonly marks: readonly ReleasableMark[];
  /** How the class did; null where it is not to be told. */
  readonly distribution: Distribution | null;
}

/** What staff see of every result. */
const EVERYTHING: ResultVisibility = { score: true, items: true, key: true, feedback: true, distribution: true };

/**
 * The report of one result. For a student it has what the exam shows and nothing else: points, questions, keys, feedback and
 * how the class did each stand behind their switch.
 */
export function studentDocument(source: StudentSource, audience: 'student' | 'staff', colour: string, speech: Speech): ReportDocument {
  const { exam, student, session, gate, distribution } = source;
  const { words } = speech;
  const shown = audience === 'staff' ? EVERYTHING : gate.visibility;
  const itemParts = shown.items || shown.key || shown.feedback ? itemsOf(source, shown, speech) : [];
  const { name } = student;
  return {
    title: `${words.studentReport}: ${name}, ${exam.title}`,
    heading: breakable(name),
    sub: breakable(exam.title),
    body: [
      ...scoreOf(gate, shown, speech),
      {
        n: 'facts',
        items: [
          ...(student.externalId === null ? [] : [[words.number, student.externalId] as const]),
          [words.attempt, String(session.attempt)],
          [words.handedIn, speech.at(session.endedAtMs)],
          [words.published, speech.at(gate.publishedAtMs)],
          [words.teacher, breakable(exam.owner)],
        ],
      },
      ...(shown.distribution && distribution !== null ? classOf(distribution, colour, speech) : []),
      ...(itemParts.length > 0 ? itemParts : [{ n: 'text', text: words.itemsHidden } as const]),
    ],
  };
}

function scoreOf({ grade, passPercent }: ResultGate, shown: ResultVisibility, speech: Speech): Part[] {
  const { words } = speech;
  if (!shown.score) return [{ n: 'text', text: words.scoreHidden }];
  const { points, maxPoints, state, percent, passed, gradeLabel } = grade!;
  return [{
    n: 'score',
    big: speech.say('points', { points: speech.number(canonical(points)), max: speech.number(canonical(maxPoints)) }),
    lines: [
      ...(percent === null ? [] : [speech.say('percent', { percent: speech.number(percent) })]),
      ...(gradeLabel === null ? [] : [`${words.grade}: ${gradeLabel}`]),
      ...(passed === null ? [] : [passed ? words.passed : words.failed]),
      ...(passPercent === null ? [] : [speech.say('passMark', { percent: speech.number(Number(passPercent)) })]),
      ...(state === 'graded' ? [] : [words.provisional]),
    ],
  }];
}

function classOf({ histogram, meanPercent, medianPercent, results }: Distribution, colour: string, speech: Speech): Part[] {
  const { words } = speech;
  const step = 100 / histogram.length;
  const percent = (value: number | null): string => (value === null ? words.none : speech.say('percent', { percent: speech.number(value, 1) }));
  const bands = histogram.flatMap((count, index) => (count === 0 ? [] : [speech.say('band', { from: index * step, to: (index + 1) * step, count })]));
  return [
    { n: 'heading', text: words.classHeading },
    { n: 'facts', items: [[words.countedResults, String(results)], [words.mean, percent(meanPercent)], [words.median, percent(medianPercent)]] },
    {
      n: 'chart',
      svg: barChart(histogram.map((value, index) => ({ label: index % 2 === 0 ? `${index * step} %` : '', value, text: value === 0 ? '' : String(value) })), colour),
      alt: speech.say('distributionAlt', { parts: bands.join('; ') }),
    },
  ];
}

function itemsOf({ paper, marks }: StudentSource, shown: ResultVisibility, speech: Speech): Part[] {
  const byId = new Map(marks.map((mark) => [mark.itemId, mark]));
  let number = 0;
  return paper.sections.flatMap(({ title, items }): Part[] => [
    { n: 'heading', text: title === '' ? speech.words.questions : breakable(title) },
    ...items.map((item) => itemOf(item, (number += 1), byId.get(item.id), shown, speech)),
  ]);
}

function itemOf(item: DrawnItem, number: number, mark: ReleasableMark | undefined, shown: ResultVisibility, speech: Speech): ItemPart {
  return {
    n: 'item',
    title: speech.say('question', { number }),
    points: shown.score && mark !== undefined ? pointsOf(mark, speech) : null,
    question: shown.items ? setText(toPaperItem(item).text) : null,
    options: shown.items ? optionsOf(item, mark, shown, speech) : [],
    parts: [...(shown.items ? answerOf(item, mark, speech) : []), ...keyOf(item, shown, speech), ...(shown.feedback ? feedbackOf(item, mark, shown, speech) : [])],
  };
}

function pointsOf(mark: ReleasableMark, speech: Speech): string {
  if (mark.points === null) return speech.words.open;
  return speech.say('points', { points: speech.number(canonical(mark.points)), max: speech.number(canonical(mark.maxPoints)) });
}

function isChoice({ question }: DrawnItem): boolean {
  return question.type === 'single-choice' || question.type === 'multiple-choice';
}

function optionsOf(item: DrawnItem, mark: ReleasableMark | undefined, shown: ResultVisibility, { words }: Speech): ItemPart['options'] {
  const { question } = item;
  if (question.type !== 'single-choice' && question.type !== 'multiple-choice') return [];
  const chosen = chosenIds(mark?.response);
  const right = !shown.key ? new Set<string>() : new Set(question.type === 'single-choice' ? [question.key.optionId] : question.key.optionIds);
  return question.options.map(({ id, text }) => ({
    mark: chosen.has(id) ? '●' : '○',
    note: chosen.has(id) ? (right.has(id) ? words.chosenRight : words.chosen) : right.has(id) ? words.right : '',
    text: setText(text),
  }));
}

function answerOf(item: DrawnItem, mark: ReleasableMark | undefined, speech: Speech): ItemPart['parts'] {
  const answer = answerText(item.question, mark?.response, speech);
  // the options say it already
  if (isChoice(item) && answer !== null) return [];
  return [{ label: speech.words.answer, strong: true, text: answer ?? setPlain(speech.words.noAnswer) }];
}

function keyOf(item: DrawnItem, shown: ResultVisibility, speech: Speech): ItemPart['parts'] {
  // where the questions stay hidden, so do the words of their options
  if (!shown.key || (shown.items ? isChoice(item) : optionTexts(item.question).size > 0)) return [];
  const key = keyText(item.question, speech);
  return key === null ? [] : [{ label: speech.words.key, strong: false, text: key }];
}

function feedbackOf(item: DrawnItem, mark: ReleasableMark | undefined, shown: ResultVisibility, speech: Speech): ItemPart['parts'] {
  const { question } = item;
  const { words } = speech;
  const part = (label: string, text: SetText) => ({ label, strong: false, text });
  const names = optionTexts(question);
  const chosen = chosenIds(mark?.response);
  const options = question.type === 'single-choice' || question.type === 'multiple-choice' ? question.options : [];
  return [
    ...options.flatMap(({ id, feedback }) => (feedback !== undefined && chosen.has(id) ? [part(shown.items ? speech.say('feedback', { option: (names.get(id) ?? id).slice(0, 80) }) : words.explanation, setText(feedback))] : [])),
    ...(question.explanation === undefined ? [] : [part(words.explanation, setText(question.explanation))]),
    ...(mark?.comment == null || mark.comment === '' ? [] : [part(words.comment, setPlain(mark.comment))]),
    ...(mark?.marking == null ? [] : markingOf(mark.marking, shown, speech)),
  ];
}

function canonical(points: string): string {
  return formatDecimal(decimal(points, { digits: 14, places: 4 }));
}
