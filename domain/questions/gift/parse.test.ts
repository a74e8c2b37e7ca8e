import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuestion } from '../check-question.ts';
import { type GiftBlock, type ImportedQuestion, parseGift } from './parse.ts';

function fixture(name: string): string {
  return readFileSync(new URL(`../../../tests/fixtures/gift/${name}`, import.meta.url), 'utf8');
}

function only(file: string): GiftBlock {
  const blocks = parseGift(file);
  expect(blocks.length).toBe(1);
  return blocks[0] as GiftBlock;
}

function question(file: string): ImportedQuestion {
  const block = only(file);
  if (block.status === 'skipped') throw new Error(block.reason);
  return block.question;
}

const HINT = 'braces in texts are written "\\{" and "\\}"';
const plain = (value: string) => ({ format: 'plain', value });

describe('question types', () => {
  it.each<[string, string, object]>([
    ['single choice', 'Q?{~a =b#good ~c}', { type: 'single-choice', options: [{ id: 'a', text: plain('a') }, { id: 'b', text: plain('b'), feedback: plain('good') }, { id: 'c', text: plain('c') }], key: { optionId: 'b' } }],
    ['part credit', 'Q?{~a ~%50%b =c}', { type: 'single-choice', key: { optionId: 'c', weights: { b: '0.5' } } }],
    ['negative marks', 'Q?{~%-25%a =b}', { type: 'single-choice', key: { optionId: 'b', weights: { a: '-0.25' } } }],
    ['several answers', 'Q?{~%50%a ~%50%b ~%-100%c ~d}', { type: 'multiple-choice', key: { optionIds: ['a', 'b'], scoring: 'weights', weights: { a: '0.5', b: '0.5', c: '-1' } } }],
    ['thirds', 'Q?{~%33.333%a ~%66.67%b ~%-33.33333%c}', { key: { weights: { a: '0.3333333333', b: '0.6666666667', c: '-0.3333333333' } } }],
    ['true', 'Q.{T}', { type: 'true-false', key: { value: true } }],
    ['false in full', 'Q.{FALSE}', { type: 'true-false', key: { value: false } }],
    ['short answer', 'Q?{=no one =%50%nobody}', { type: 'short-text', key: { accepted: [{ text: 'no one' }, { text: 'nobody', ratio: '0.5' }], matchCase: false, collapseSpaces: true } }],
    ['a number', 'Q?{#1822}', { type: 'numeric', key: { accepted: [{ value: '1822', tolerance: '0' }] } }],
    ['a tolerance', 'Q?{#3.1415:0.0005}', { key: { accepted: [{ value: '3.1415', tolerance: '0.0005' }] } }],
    ['a range', 'Q?{#-1.5..2}', { key: { accepted: [{ min: '-1.5', max: '2' }] } }],
    ['several numbers', 'Q?{#\n =1822:0 #right\n =%50%1822:2\n}', { key: { accepted: [{ value: '1822', tolerance: '0' }, { value: '1822', tolerance: '2', ratio: '0.5' }] } }],
    ['a bare point and a plus', 'Q?{#=.5 =+5.}', { key: { accepted: [{ value: '0.5', tolerance: '0' }, { value: '5', tolerance: '0' }] } }],
    ['an exponent', 'Q?{#6.022e23:1e20}', { key: { accepted: [{ value: '6.022e23', tolerance: '1e20' }] } }],
    ['a catch-all number of no worth', 'Q?{#=1 =%0%*#no}', { key: { accepted: [{ value: '1', tolerance: '0' }] } }],
    ['essay', 'Q?{}', { type: 'essay', key: {} }],
    ['essay with feedback', 'Q?{####Mention x}', { type: 'essay', explanation: plain('Mention x') }],
    [
      'matching',
      'M.{=Canada -> Ottawa =Italy->Rome =Japan -> Tokyo}',
      {
        type: 'matching',
        options: {
          left: [{ id: 'l1', text: plain('Canada') }, { id: 'l2', text: plain('Italy') }, { id: 'l3', text: plain('Japan') }],
          right: [{ id: 'r1', text: plain('Ottawa') }, { id: 'r2', text: plain('Rome') }, { id: 'r3', text: plain('Tokyo') }],
        },
        key: { pairs: { l1: 'r1', l2: 'r2', l3: 'r3' } },
      },
    ],
    ['missing word', 'Grant is {~buried =entombed} in a tomb.', { type: 'single-choice', text: plain('Grant is _____ in a tomb.') }],
    ['closing point behind the answers', 'Two plus two is {=four}.', { text: plain('Two plus two is _____.') }],
  ])('reads %s', (_name, file, expected) => {
    expect(question(file)).toMatchObject(expected);
  });

  it('lists partners by their text, so that neither place nor id tells the pair', () => {
    const read = question('M.{=a -> zebra =b -> ant =c -> ant = -> mole}');
    expect(read).toMatchObject({ key: { pairs: { l1: 'r3', l2: 'r1', l3: 'r1' } }, options: { right: [plain('ant'), plain('mole'), plain('zebra')].map((text, index) => ({ id: `r${index + 1}`, text })) } });
  });

  it('keeps feedback that has no place of its own in the explanation', () => {
    expect(question('Q.{T#no#yes####all}').explanation).toEqual(plain('all\nWrong: no\nRight: yes'));
    expect(question('Q?{#3:2~#far off}').explanation).toEqual(plain('Wrong: far off'));
    expect(question('Q?{=x#good =%50%<i>y</i>#half}').explanation).toEqual(plain('x: good\n<i>y</i>: half'));
    expect(question('Q?{=x#<b>good</b> =y#a < b}').explanation).toEqual({ format: 'html', value: 'x: <b>good</b><br>y: a &lt; b' });
  });
});

describe('texts', () => {
  it.each<[string, string, object]>([
    ['escapes', 'a\\: \\{b\\} \\~c \\=d \\#e \\\\f\\ng \\alpha{T}', plain('a: {b} ~c =d #e \\f\ng \\alpha')],
    ['an escaped backslash before a brace', 'a\\\\{T}', plain('a\\')],
    ['HTML by marker', '[html]a &lt; b{T}', { format: 'html', value: 'a &lt; b' }],
    ['Markdown with its lines', '[markdown]a\n* b\n* c{T}', { format: 'markdown', value: 'a\n* b\n* c' }],
    ['plain by marker although it looks like HTML', '[plain]<b>{T}', plain('<b>')],
    ['HTML by its tags', 'a <b>c</b>{T}', { format: 'html', value: 'a <b>c</b>' }],
    ['HTML by its tags with the marker of Moodle', '[moodle]<p class\\="x">c</p>{T}', { format: 'html', value: '<p class="x">c</p>' }],
    ['an unknown marker', '[abc]d{T}', plain('[abc]d')],
    ['a comparison, which is no tag', 'a < b and c > d{T}', plain('a < b and c > d')],
    ['wrapped lines', 'Japanese characters originally\n   came from?{T}', plain('Japanese characters originally came from?')],
    ['comments inside', 'a\n// not this {\nb{T}', plain('a b')],
    ['characters used inside the parser', 'a\ufdd0b{T}', plain('a\ufffdb')],
  ])('reads %s', (_name, file, text) => {
    expect(question(file).text).toEqual(text);
  });

  it('hands the marker of the question down to answers and feedback', () => {
    expect(question('[html]Q{=a#b ~[plain]c}')).toMatchObject({
      options: [{ text: { format: 'html', value: 'a' }, feedback: { format: 'html' } }, { text: plain('c') }],
    });
  });

  it('reads title, category and tags', () => {
    const [block] = parseGift('$CATEGORY: $course$/top/Life\\: an intro/Cells//Tissues/Membranes\n\n// question: 7  name: x\n// [id:7] [tag:easy] [tag:cells] [tag:easy]\n::A \\:\\: B::Q.{T}');
    expect(block).toMatchObject({
      title: 'A :: B',
      line: 5,
      category: ['Life: an intro', 'Cells/Tissues', 'Membranes'],
      question: { subject: 'Life: an intro', topic: 'Cells/Tissues / Membranes', tags: ['easy', 'cells'], difficulty: 'medium', points: '1' },
    });
  });

  it('does not take comments of a far-away header for tags', () => {
    expect(question('// [tag:header]\n\nQ.{T}').tags).toEqual([]);
  });

  it.each(['\r\n', '\r', '\n'])('reads any line end: %j', (end) => {
    const blocks = parseGift(`\uFEFFA.{T}${end}${end}B.{${end}=x${end}}${end}`);
    expect(blocks.map((block) => [block.status, block.line])).toEqual([
      ['ready', 1],
      ['ready', 3],
    ]);
  });
});

describe('recovery', () => {
  it('finds all 20 questions of a good file', () => {
    const blocks = parseGift(fixture('biology-20.gift'));
    expect(blocks.filter((block) => block.status === 'skipped')).toEqual([]);
    expect(blocks.length).toBe(20);
    const types = blocks.map((block) => (block.status === 'ready' ? block.question.type : 'skipped'));
    expect(new Set(types)).toEqual(new Set(['single-choice', 'multiple-choice', 'true-false', 'short-text', 'numeric', 'matching', 'essay']));
    expect(blocks.every((block) => block.title !== '' && block.category[0] === 'Biology')).toBe(true);
  });

  it('takes what it can of a nasty file and says why of the rest', () => {
    const blocks = parseGift(fixture('awkward-30.gift'));
    const verdicts = blocks.map((block) => `${block.line} ${block.status === 'ready' ? block.question.type : block.reason}`);
    expect(verdicts).toEqual([
      '2 a description: it has no answer section in braces',
      '5 the answer section is not closed by "}"',
      '8 true-false',
      '11 a "}" without "{"; in texts it is written "\\}"',
      `14 more than one answer section; ${HINT}`,
      '17 numeric',
      '20 numeric',
      '23 multiple-choice',
      '32 true-false',
      '33 true-false',
      `36 more than one answer section; ${HINT}`,
      '39 no answer is marked right with "=" or a weight above 0',
      '42 a choice needs at least two answers',
      '45 there is no question text',
      '48 the weight %150% is outside -100 to 100',
      '51 a weight must look like %50%',
      '54 "a lot" is no number',
      '57 numeric',
      '60 /key/accepted/0/max must not be below min',
      '63 there is no number',
      '66 single-choice',
      '69 a sign "=", "~" or "#" inside an HTML tag must be written with a backslash',
      '72 pair 2 has no "->"',
      '75 matching',
      '78 numeric',
      '81 true-false',
      `84 the answers do not begin with "=" or "~"; ${HINT}`,
      '87 single-choice',
      '90 true-false',
      '93 numeric',
      '96 essay',
    ]);
  });

  it('reads the awkward ones as they were meant', () => {
    const byLine = new Map(parseGift(fixture('awkward-30.gift')).map((block) => [block.line, block.status === 'ready' ? block.question : null]));
    expect(byLine.get(17)?.text).toEqual(plain('What is $\\frac{1}{2} + \\frac{1}{2}$?'));
    expect(byLine.get(23)).toMatchObject({ key: { weights: { a: '0.5', b: '0.5', c: '-1' } } });
    expect(byLine.get(57)).toMatchObject({ key: { accepted: [{ value: '3.14', tolerance: '0.01' }] } });
    expect(byLine.get(66)).toMatchObject({ options: ['=', '==', ':', '~', '#', '{}', '\\'].map((value) => ({ text: plain(value) })), key: { optionId: 'a' } });
    expect(byLine.get(78)?.text).toEqual(plain('Untitled What is 2 + 2?'));
    expect(byLine.get(87)).toMatchObject({ key: { optionId: 'a', weights: { b: '1' } } });
    expect(byLine.get(93)).toMatchObject({ key: { accepted: [{ value: '10' }, { min: '9.5', max: '10.5', ratio: '0.5' }, { value: '10', tolerance: '2', ratio: '0.1' }] } });
    expect(byLine.get(96)?.text).toEqual(plain('Why? _____ Explain.'));
  });

  it.each<[string, string, string]>([
    ['text before the first answer', 'Q{x ~a =b}', 'text before'],
    ['an empty answer', 'Q{=a ~}', 'answer 2 is empty'],
    ['a catch-all number that earns points', 'Q{#=%50%*}', 'no number'],
    ['three dots of range', 'Q{#1..2..3}', 'neither'],
    ['a negative tolerance', 'Q{#1:-1}', '/key/accepted/0/tolerance'],
    ['a negative weight of a short answer', 'Q{=a =%-50%b}', '/key/accepted/1/ratio'],
    ['one pair', 'Q{=a -> b}', 'two different pairs'],
    ['a pair without partner', 'Q{=a -> b =c ->}', 'nothing behind'],
    ['nested braces', 'Q{=\\frac{1}{2}}', 'inside the answer section'],
    ['a zero character', 'Q\u0000{T}', 'can not be stored'],
  ])('names %s', (_name, file, reason) => {
    const block = only(file);
    expect(block.status === 'skipped' ? block.reason : 'ready').toContain(reason);
    expect(block.raw).toBe(file);
  });

  it('keeps a question whole that stands between two broken ones', () => {
    const file = 'A{~x =y\nB.{T}\nC{=z\n\nD}\n\n::E::E.{F}\n::F::F{~a\n::G::G.{T}';
    const ready = parseGift(file).filter((block) => block.status === 'ready');
    expect(ready.map((block) => block.raw)).toEqual(['B.{T}', 'C{=z\n\nD}', '::E::E.{F}', '::G::G.{T}']);
  });

  it('never throws and never loses a line, whatever the file', () => {
    const piece = fc.constantFrom('{', '}', '=', '~', '#', '####', '%50%', '%', '->', ':', '::', '..', '\n', '\n\n', '//', '$CATEGORY: a', '\\', '[html]', 'T', '1', 'x', ' ', '\u0000', '<b>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const file = pieces.join('');
        for (const block of parseGift(file)) {
          expect(file.replace(/\r\n?/g, '\n').split('\n').slice(block.line - 1).join('\n').startsWith(block.raw)).toBe(true);
          if (block.status === 'ready') expect(checkQuestion(block.question)).toEqual({ ok: true });
          else expect(block.reason).not.toBe('');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, string]>([
    ['open braces', 'Q{\n'],
    ['open braces with blank lines', 'Q{\n\n'],
    ['blank lines in one brace', '\n'],
    ['equals signs', '='],
    ['spaces', ' '],
    ['less-than signs', '<a '],
    ['titles', '::'],
    ['backslashes', '\\'],
  ])('reads eight times as much of %s in about eight times the time', (_name, part) => {
    const quickest = (bytes: number): number =>
      Math.min(...[1, 2, 3, 4, 5].map(() => {
        const started = performance.now();
        parseGift(`Q{=${part.repeat(bytes / part.length)}x`);
        return performance.now() - started;
      }));
    // warm, so that the small one is not the one that is compiled; 64 times the time if it were quadratic
    quickest(60_000);
    expect(quickest(480_000) / quickest(60_000)).toBeLessThan(40);
  });
});
