import { describe, expect, it } from 'vitest';

import type { DrawnItem, ExamContent } from '#domain/paper/types.ts';

import { type Correction, correctItem, correctItems, itemsOfContent } from './corrections.ts';
import { compareResults, markAfter, regradeSession, type StandingMark, type StandingSession } from './regrade.ts';
import { type GradeScale, institutionScale, resolveScale } from './scale.ts';

const LETTERS = institutionScale(null);
const text = (value: string) => ({ format: 'plain' as const, value });
const choice: DrawnItem = {
  id: 'i', questionId: 'q', questionVersion: 1, points: '2',
  question: { type: 'true-false', text: text('Is it so?'), points: '2', key: { value: true } },
};
const essay: DrawnItem = { ...choice, id: 'e', questionId: 'p', question: { type: 'essay', text: text('Why?'), points: '2', key: {} } };
const mark = (points: string | null, source: 'auto' | 'manual' = 'auto', response: unknown = { value: true }, maxPoints = '2', itemId = 'i'): StandingMark => ({ itemId, points, maxPoints, source, response });

const otherKey: Correction = { kind: 'key', key: { value: false } };
const drop: Correction = { kind: 'drop' };
const everybody: Correction = { kind: 'all-correct', who: 'everybody' };
const answered: Correction = { kind: 'all-correct', who: 'answered' };
const worth = (points: string): Correction => ({ kind: 'points', points });

describe('the mark after a correction', () => {
  it.each<[string, StandingMark, Correction[], string | null, string]>([
    ['another key takes points', mark('2'), [otherKey], '0', '2'],
    ['another key gives points', mark('0', 'auto', { value: false }), [otherKey], '2', '2'],
    ['no answer earns nothing by any key', mark('0', 'auto', null), [otherKey], '0', '2'],
    ['dropped: 0 of 0', mark('2'), [drop], '0', '0'],
    ['dropped: also what a person gave', mark('1.5', 'manual'), [drop], '0', '0'],
    ['all correct: a wrong answer', mark('0', 'auto', { value: false }), [everybody], '2', '2'],
    ['all correct: no answer', mark('0', 'auto', null), [everybody], '2', '2'],
    ['all correct: what a person gave', mark('0.5', 'manual'), [everybody], '2', '2'],
    ['all correct for those who answered: an answer', mark('0', 'auto', { value: false }), [answered], '2', '2'],
    ['all correct for those who answered: none', mark('0', 'auto', null), [answered], '0', '2'],
    ['a person is kept under another key', mark('0.5', 'manual'), [otherKey], '0.5', '2'],
    ['more points: the machine', mark('2'), [worth('5')], '5', '5'],
    ['more points: a person, in proportion', mark('0.5', 'manual'), [worth('5')], '1.25', '5'],
    ['fewer points: a third, rounded half up', mark('1', 'manual', null, '3'), [worth('2')], '0.6667', '2'],
    ['no points: a person', mark('1', 'manual'), [worth('0')], '0', '0'],
    ['a person who gave 0 of 0', mark('0', 'manual', { value: true }, '0'), [worth('2')], '0', '2'],
    ['the last one holds: dropped, then another key', mark('2'), [drop, otherKey], '0', '2'],
    ['the last one holds: dropped, then worth 3', mark('2'), [drop, worth('3')], '3', '3'],
    ['the last one holds: another key, then dropped', mark('2'), [otherKey, drop], '0', '0'],
    ['all correct, then worth 3', mark('0', 'auto', { value: false }), [everybody, worth('3')], '3', '3'],
    ['all correct, then another key', mark('2'), [everybody, otherKey], '0', '2'],
    ['a key and points together', mark('0', 'auto', { value: false }), [otherKey, worth('3')], '3', '3'],
  ])('%s', (_name, standing, corrections, points, maxPoints) => {
    const [item] = correctItems([choice], corrections.map((correction) => ({ itemId: 'i', correction })));
    expect(markAfter(standing, item!)).toEqual({ points, maxPoints });
  });

  it('of an essay still waits for a person, unless a rule decides it', () => {
    const waiting = mark(null, 'auto', { text: 'Because' }, '2', 'e');
    expect(markAfter(waiting, correctItem(essay, worth('3')))).toEqual({ points: null, maxPoints: '3' });
    expect(markAfter(waiting, correctItem(essay, everybody))).toEqual({ points: '2', maxPoints: '2' });
    expect(markAfter(waiting, correctItem(essay, drop))).toEqual({ points: '0', maxPoints: '0' });
  });

  it('touches no other item', () => {
    expect(correctItems([choice, essay], [{ itemId: 'e', correction: drop }])[0]).toBe(choice);
  });
});

it('the items of a content are the fixed ones and all that can be drawn, one per section and question', () => {
  const frozen = { version: 1, content: choice.question };
  const content: ExamContent = {
    algorithm: 1, examId: '01890a5d-ac96-774b-bcce-b302099a8057', instructions: '', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false,
    sections: [{ title: '', items: [{ id: 'i', questionId: 'q', points: '2' }], draw: { tag: 't', count: 1, points: '3', pool: ['a', 'b'] } }, { title: '', items: [], draw: { tag: 't', count: 1, points: '1', pool: ['a'] } }],
    questions: { q: frozen, a: frozen, b: frozen },
  };
  const items = itemsOfContent(content);
  expect(items.map((item) => [item.questionId, item.points])).toEqual([['q', '2'], ['a', '3'], ['b', '3'], ['a', '1']]);
  expect(new Set(items.map((item) => item.id)).size).toBe(4);
});

describe('results before and after', () => {
  const session = (sessionId: string, points: string, marks: StandingMark[], more: Partial<StandingSession> = {}): StandingSession =>
    ({ sessionId, counted: true, points, maxPoints: '10', pendingCount: 0, marks, ...more });
  const rulesOf = (scale: GradeScale, totals: readonly { points: string; maxPoints: string }[]) => ({ passPercent: '50', steps: [], scale: resolveScale(scale, totals) });
  const compare = (sessions: StandingSession[], item: DrawnItem, scale: GradeScale = LETTERS) => {
    const regraded = sessions.map((each) => regradeSession(each, new Map([[item.id, item]])));
    return compareResults(sessions, regraded, { before: rulesOf(scale, sessions), after: rulesOf(scale, regraded) });
  };

  it('tell who crosses a boundary and the pass mark', () => {
    const { changes, summary } = compare(
      [session('loses', '6', [mark('2')]), session('gains', '4', [mark('0', 'auto', { value: false })]), session('same', '6', [mark('0', 'auto', null)]), session('kept', '6', [mark('1', 'manual')])],
      correctItem(choice, otherKey),
    );
    expect(changes.map((change) => [change.sessionId, change.before.points, change.after.points, change.crosses])).toEqual([
      ['loses', '6', '4', { grade: 'down', pass: 'lost' }], ['gains', '4', '6', { grade: 'up', pass: 'gained' }],
    ]);
    expect(summary).toMatchObject({ sessions: 4, changedSessions: 2, changedMarks: 2, raised: 1, lowered: 1, gradeRaised: 1, gradeLowered: 1, passGained: 1, passLost: 1, keptManual: 1 });
  });

  it('show a session whose marks stay and whose grade by rank moves', () => {
    const scale: GradeScale = { kind: 'percentile', places: 0, bands: [{ label: 'top', topPercent: '50' }, { label: 'rest', topPercent: '100' }] };
    const { changes } = compare([session('a', '6', [mark('2')]), session('b', '5', [])], correctItem(choice, otherKey), scale);
    expect(changes.map((change) => [change.sessionId, change.before.gradeLabel, change.after.gradeLabel, change.marks.length])).toEqual([['a', 'top', 'rest', 1], ['b', 'rest', 'top', 0]]);
  });

  it('become final when a rule settles the last mark that waited', () => {
    const waiting = mark(null, 'auto', { text: 'Because' }, '2', 'e');
    const { changes } = compare([session('a', '5', [waiting], { pendingCount: 1 }), session('b', '5', [waiting], { pendingCount: 2 })], correctItem(essay, everybody));
    expect(changes.map(({ before, after }) => [before.gradeLabel, after.points, after.gradeLabel])).toEqual([[null, '7', 'B'], [null, '7', null]]);
  });

  it('have no percent when everything was dropped', () => {
    const { changes, summary } = compare([session('a', '2', [mark('2')], { maxPoints: '2' })], correctItem(choice, drop));
    expect(changes[0]!.after).toMatchObject({ points: '0', maxPoints: '0', percent: null, passed: false, gradeLabel: null });
    expect(summary).toMatchObject({ meanPercentBefore: 100, meanPercentAfter: null });
  });
});
