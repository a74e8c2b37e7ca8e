import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuestionContent, RichText, VisibleOption } from '#domain/questions/types.ts';
import { drawPaper, shortSections } from './draw.ts';
import { drawnItemId } from './item-id.ts';
import { paperItems } from './student-paper.ts';
import type { DrawnPaper, ExamContent, FrozenSection } from './types.ts';

const EXAM = '018f0000-0000-7000-8000-000000000001';
const plain = (value: string): RichText => ({ format: 'plain', value });
const option = (id: string): VisibleOption => ({ id, text: plain(id) });
const abcd = ['a', 'b', 'c', 'd'].map(option);

function choice(name: string): QuestionContent {
  return { type: 'single-choice', text: plain(name), points: '1', options: abcd, key: { optionId: 'b' } };
}

function content(sections: FrozenSection[], rest: Partial<ExamContent> = {}): ExamContent {
  const ids = new Set(sections.flatMap((section) => [...section.items.map((item) => item.questionId), ...(section.draw?.pool ?? [])]));
  return {
    algorithm: 1,
    examId: EXAM,
    instructions: '',
    navigation: 'free',
    display: 'one',
    shuffleItems: true,
    shuffleOptions: true,
    sections,
    questions: Object.fromEntries([...ids].map((id) => [id, { version: 1, content: choice(id) }])),
    ...rest,
  };
}

const fixed = (...ids: string[]): FrozenSection['items'] => ids.map((id) => ({ id: `item-${id}`, questionId: id, points: '2' }));
const draw = (count: number, ...pool: string[]): FrozenSection['draw'] => ({ tag: 't', count, points: '1.5', pool });

function optionsOf(question: QuestionContent): readonly VisibleOption[] {
  if (question.type !== 'single-choice') throw new Error('not a single choice');
  return question.options;
}

/** A paper as one line per section: question and options in order. */
function outline(paper: DrawnPaper): string[] {
  return paper.sections.map((section) =>
    section.items.map(({ question, questionId }) => `${questionId}:${optionsOf(question).map((each) => each.id).join('')}`).join(' '),
  );
}

const mixed = content([
  { title: 'One', items: fixed('f1', 'f2', 'f3', 'f4') },
  { title: 'Two', items: fixed('g1'), draw: draw(3, 'p1', 'p2', 'p3', 'p4', 'p5', 'f1') },
]);

describe('drawPaper', () => {
  it('gives for ever the papers of algorithm 1, as an independent program computed them', () => {
    expect(outline(drawPaper(mixed, '0'))).toEqual(['f2:bacd f4:dbac f1:bdac f3:dacb', 'p4:abdc p5:cbad p3:cdab g1:dacb']);
    expect(outline(drawPaper(mixed, '-8446744073709551616'))).toEqual(['f2:acdb f3:cabd f1:acdb f4:cdab', 'p2:dbac p1:dcba g1:cabd p4:bdca']);
  });

  it('keeps the written order when nothing is shuffled', () => {
    const paper = drawPaper({ ...mixed, shuffleItems: false, shuffleOptions: false }, 5);
    expect(outline(paper)[0]).toBe('f1:abcd f2:abcd f3:abcd f4:abcd');
    expect(outline(paper)[1]?.startsWith('g1:abcd ')).toBe(true);
  });

  it('gives a drawn question the same item id in every session', () => {
    const ids = new Map<string, Set<string>>();
    for (let seed = 0; seed < 50; seed += 1) {
      for (const item of paperItems(drawPaper(mixed, seed))) {
        ids.set(item.questionId, (ids.get(item.questionId) ?? new Set()).add(item.id));
      }
    }
    expect(ids.get('p1')).toEqual(new Set([drawnItemId(EXAM, 1, 'p1')]));
    expect([...ids.values()].every((set) => set.size === 1)).toBe(true);
    expect(ids.size).toBe(10);
  });

  it('gives drawn items the points of the draw and fixed ones their own', () => {
    for (const item of paperItems(drawPaper(mixed, 9))) expect(item.points).toBe(item.questionId.startsWith('p') ? '1.5' : '2');
  });

  it('shuffles elements to order and rows to match even when options stay as written', () => {
    const ordering: QuestionContent = { type: 'ordering', text: plain('o'), points: '1', options: abcd, key: { order: ['a', 'b', 'c', 'd'] } };
    const matching: QuestionContent = {
      type: 'matching',
      text: plain('m'),
      points: '1',
      options: { left: abcd, right: abcd },
      key: { pairs: { a: 'a', b: 'b', c: 'c', d: 'd' } },
    };
    const exam = content([{ title: '', items: fixed('o', 'm') }], {
      shuffleItems: false,
      shuffleOptions: false,
      questions: { o: { version: 1, content: ordering }, m: { version: 1, content: matching } },
    });
    const orders = new Set<string>();
    for (let seed = 0; seed < 100; seed += 1) {
      const [first, second] = paperItems(drawPaper(exam, seed)).map((item) => item.question);
      if (first?.type !== 'ordering' || second?.type !== 'matching') throw new Error('items out of order');
      expect(second.options.left).toBe(matching.options.left);
      orders.add(first.options.map((each) => each.id).join('') + second.options.right.map((each) => each.id).join(''));
    }
    expect(orders.size).toBeGreaterThan(80);
  });

  it('shuffles the options of gaps independent of the order in which gaps are stored', () => {
    const gaps = { g1: { kind: 'choice', options: abcd }, g2: { kind: 'choice', options: abcd }, g3: { kind: 'text' } } as const;
    const cloze = (options: typeof gaps): QuestionContent => ({ type: 'cloze', text: plain('[[g1]]'), points: '1', options: { gaps: options }, key: { gaps: {} } });
    const exam = (options: typeof gaps): ExamContent => content([{ title: '', items: fixed('c') }], { questions: { c: { version: 1, content: cloze(options) } } });
    const stored = { g3: gaps.g3, g2: gaps.g2, g1: gaps.g1 };
    for (let seed = 0; seed < 20; seed += 1) expect(drawPaper(exam(stored), seed)).toEqual(drawPaper(exam(gaps), seed));
  });

  it('refuses a pool that is too small and a question that is not frozen', () => {
    expect(() => drawPaper(content([{ title: '', items: fixed('p1'), draw: draw(1, 'p1') }]), 1)).toThrow(RangeError);
    expect(() => drawPaper({ ...mixed, questions: {} }, 1)).toThrow(RangeError);
  });

  it('is a permutation: every fixed item once, the drawn count, no question twice, whatever the seed', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (seed) => {
        const paper = drawPaper(mixed, seed);
        expect(paper).toEqual(drawPaper(mixed, String(seed)));
        const [one, two] = paper.sections.map((section) => section.items.map((item) => item.questionId));
        expect(one?.toSorted()).toEqual(['f1', 'f2', 'f3', 'f4']);
        expect(two?.length).toBe(4);
        expect(two?.includes('f1')).toBe(false);
        expect(new Set(two).size).toBe(4);
        for (const item of paperItems(paper)) expect(optionsOf(item.question).map((each) => each.id).toSorted()).toEqual(['a', 'b', 'c', 'd']);
      }),
    );
  });

  it('draws every question of a pool about as often', () => {
    const counts = new Map<string, number>();
    const exam = content([{ title: '', items: [], draw: draw(2, 'p1', 'p2', 'p3', 'p4', 'p5') }]);
    for (let seed = 0; seed < 5000; seed += 1) {
      for (const item of paperItems(drawPaper(exam, seed))) counts.set(item.questionId, (counts.get(item.questionId) ?? 0) + 1);
    }
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(150);
  });
});

describe('shortSections', () => {
  it.each<[string, FrozenSection[], number[]]>([
    ['no draw', [{ title: '', items: fixed('a') }], []],
    ['a pool of exactly enough', [{ title: '', items: [], draw: draw(2, 'a', 'b') }], []],
    ['a pool one short', [{ title: '', items: [], draw: draw(3, 'a', 'b') }], [0]],
    ['a pool that a fixed item shortens', [{ title: '', items: fixed('a') }, { title: '', items: [], draw: draw(2, 'a', 'b') }], [1]],
    ['a fixed item of a later section', [{ title: '', items: [], draw: draw(2, 'a', 'b') }, { title: '', items: fixed('a') }], [0]],
    ['two draws that can starve the second', [{ title: '', items: [], draw: draw(1, 'a', 'b') }, { title: '', items: [], draw: draw(2, 'a', 'b') }], [1]],
    ['two draws with room for both', [{ title: '', items: [], draw: draw(1, 'a', 'b', 'c') }, { title: '', items: [], draw: draw(2, 'a', 'b', 'c') }], []],
    ['a question named twice in a pool', [{ title: '', items: [], draw: draw(2, 'a', 'a') }], [0]],
  ])('judges %s', (_name, sections, expected) => {
    expect(shortSections({ sections })).toEqual(expected);
  });

  it('promises that no seed fails when it finds nothing', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 });
    const section = fc.record({ title: fc.constant(''), items: fc.constant([]), draw: fc.record({ tag: fc.constant('t'), count: fc.integer({ min: 1, max: 3 }), points: fc.constant('1'), pool: names }) });
    fc.assert(
      fc.property(fc.array(section, { maxLength: 4 }), fc.integer(), (sections, seed) => {
        fc.pre(shortSections({ sections }).length === 0);
        drawPaper(content(sections), seed);
      }),
    );
  });
});
