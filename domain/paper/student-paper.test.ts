import { describe, expect, it } from 'vitest';
import { checkResponse } from '#domain/questions/check-response.ts';
import type { QuestionContent, RichText } from '#domain/questions/types.ts';
import { paperItems, toPaperItem, toStudentPaper } from './student-paper.ts';
import type { DrawnPaper } from './types.ts';

const SECRET = 'SECRET';
const plain = (value: string): RichText => ({ format: 'plain', value });
const secret = plain(SECRET);
const option = (id: string) => ({ id, text: plain(`text of ${id}`), feedback: secret });
const options = [option('a'), option('b')];
const base = { text: plain('What?'), points: '99.5', explanation: secret, media: [{ id: 'm1', alt: 'a cell', hidden: SECRET }], note: SECRET };
const short = { accepted: [{ text: SECRET, ratio: '0.7654' }], matchCase: true, collapseSpaces: true, pattern: `${SECRET}+` };
const number = { accepted: [{ value: '31415.9265', tolerance: '0.4321' }, { min: '27182.8', max: '27182.9' }], units: [{ name: 'm', factor: '1000.25' }] };

const QUESTIONS = [
  { ...base, type: 'single-choice', options, key: { optionId: 'b', weights: { a: '0.7654' } } },
  { ...base, type: 'multiple-choice', options, key: { optionIds: ['b'], scoring: 'weights', weights: { b: '0.7654' }, minRatio: '-0.5' } },
  { ...base, type: 'true-false', key: { value: true } },
  { ...base, type: 'short-text', key: short },
  { ...base, type: 'numeric', key: number },
  { ...base, type: 'numeric', options: { units: ['m'], factor: SECRET }, key: number },
  { ...base, type: 'essay', key: { minWords: 5, maxWords: 10, sample: SECRET } },
  { ...base, type: 'essay', key: { sample: SECRET } },
  { ...base, type: 'matching', options: { left: options, right: [option('c'), option('d')] }, key: { pairs: { a: 'd', b: 'c' } } },
  { ...base, type: 'ordering', options, key: { order: ['b', 'a'] } },
  {
    ...base,
    type: 'cloze',
    text: plain('[[g1]] [[g2]] [[g3]] [[g4]] [[g5]]'),
    options: {
      gaps: {
        g1: { kind: 'text', width: 12, note: SECRET },
        g2: { kind: 'choice', options, note: SECRET },
        g3: { kind: 'numeric', units: ['m'] },
        g4: { kind: 'numeric' },
        g5: { kind: 'text' },
      },
    },
    key: { gaps: { g1: { ...short, points: '2' }, g2: { optionId: 'b' }, g3: number, g4: number, g5: short } },
  },
  { ...base, type: 'hot-spot', options: { maxPoints: 3 }, key: { areas: [{ shape: 'circle', points: [[0.123456, 0.5], [0.2, 0.5]], ratio: '0.7654' }] } },
  { ...base, type: 'hot-spot', key: { areas: [{ shape: 'rect', points: [[0.123456, 0.5], [0.2, 0.5]] }] } },
  { ...base, type: 'file-upload', options: { maxFiles: 2, extensions: ['pdf'], note: SECRET }, key: {} },
  { ...base, type: 'file-upload' },
  { ...base, type: 'code', options: { languages: ['c'], template: 'int', note: SECRET }, key: { sample: SECRET } },
  { ...base, type: 'code', key: { sample: SECRET } },
] as unknown as QuestionContent[];

/** Names and values that only staff may see. */
const FORBIDDEN = [
  SECRET, 'key', 'feedback', 'explanation', 'weights', 'accepted', 'tolerance', 'factor', 'ratio', 'scoring', 'pairs', 'order"', 'areas',
  'sample', 'questionId', 'questionVersion', '31415', '27182', '0.7654', '0.4321', '0.123456', '99.5', 'matchCase', 'pattern', 'hidden', 'note', 'minRatio',
];

function paperOf(questions: QuestionContent[], rest: Partial<DrawnPaper> = {}): DrawnPaper {
  const items = questions.map((question, index) => ({ id: `i${index}`, questionId: `questionId-${index}`, questionVersion: 3, points: '2', question }));
  return {
    instructions: 'Read well',
    navigation: 'free',
    display: 'one',
    sections: [
      { title: 'One', items: items.slice(0, 3) },
      { title: 'Two', items: items.slice(3) },
    ],
    ...rest,
  };
}

describe('toStudentPaper', () => {
  it.each(FORBIDDEN)('never lets %j out, for any question type', (word) => {
    expect(JSON.stringify(toStudentPaper(paperOf(QUESTIONS)))).not.toContain(word);
  });

  it('keeps what a student needs: texts, options, media, limits, points of this exam', () => {
    const paper = toStudentPaper(paperOf(QUESTIONS));
    expect(paper.sections[0]?.items[0]).toEqual({
      id: 'i0',
      type: 'single-choice',
      text: plain('What?'),
      points: '2',
      media: [{ id: 'm1', alt: 'a cell' }],
      options: [
        { id: 'a', text: plain('text of a') },
        { id: 'b', text: plain('text of b') },
      ],
    });
    const later = paper.sections[1]?.items ?? [];
    expect(later[3]).toMatchObject({ type: 'essay', options: { minWords: 5, maxWords: 10 } });
    expect(later[4]).not.toHaveProperty('options');
    expect(later[7]).toMatchObject({ options: { gaps: { g1: { kind: 'text', width: 12 }, g3: { kind: 'numeric', units: ['m'] } } } });
    expect(later[10]).toMatchObject({ options: { maxFiles: 2, extensions: ['pdf'] } });
  });

  it('leaves media out when there are none', () => {
    const question: QuestionContent = { type: 'true-false', text: plain('?'), points: '1', media: [], key: { value: true } };
    expect(toPaperItem({ id: 'i', points: '1', question })).toEqual({ id: 'i', type: 'true-false', text: plain('?'), points: '1' });
  });

  it('gives items that responses can be checked against', () => {
    for (const item of toStudentPaper(paperOf(QUESTIONS)).sections.flatMap((section) => section.items)) {
      expect(checkResponse(item, null).ok).toBe(true);
      expect(checkResponse(item, { nonsense: 1 }).ok).toBe(false);
    }
  });

  it.each([
    [0, []],
    [1, [1]],
    [3, [3]],
    [4, [3, 1]],
    [999, [3, 14]],
    [-1, []],
  ])('sends only the %d items that were reached going forward', (reached, sizes) => {
    const paper = toStudentPaper(paperOf(QUESTIONS, { navigation: 'forward' }), reached);
    expect(paper.sections.map((section) => section.items.length)).toEqual(sizes);
    expect(paper.itemCount).toBe(QUESTIONS.length);
  });

  it('sends everything with free navigation, however far the student is', () => {
    expect(toStudentPaper(paperOf(QUESTIONS), 1).sections.map((section) => section.items.length)).toEqual([3, 14]);
    expect(toStudentPaper(paperOf([])).sections.length).toBe(2);
  });

  it('lists items in the order of the paper', () => {
    expect(paperItems(paperOf(QUESTIONS)).map((item) => item.id)).toEqual(QUESTIONS.map((_, index) => `i${index}`));
  });
});
