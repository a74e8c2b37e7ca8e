import { describe, expect, test } from 'vitest';

import { builtInStanding, type StudentFacts } from './badges.ts';
import { coursePoints, courseStandings } from './course.ts';
import type { ExamFact, ExamFigures } from './facts.ts';
import { initialsOf, shownName } from './names.ts';
import { examPoints } from './points.ts';
import { type RuleCondition, ruleStanding } from './rules.ts';

const HOUR = 3_600_000;
const buildFact = (number: number, given: Partial<ExamFact> = {}): ExamFact => ({
  examId: `exam-${number}`, percent: 70, passPercent: 50, usedMs: HOUR, handedInAtMs: 1_000, publishedAtMs: number * 1_000, tagPercents: {}, ...given,
});
const buildFigures = (number: number, given: Partial<ExamFigures> = {}): [string, ExamFigures] => [
  `exam-${number}`, { examId: `exam-${number}`, meanUsedMs: HOUR, earlyUntilMs: 1_000, ...given },
];
const buildFacts = (exams: readonly ExamFact[], given: Partial<StudentFacts> = {}): StudentFacts => ({
  exams, figures: new Map(exams.map((_, index) => buildFigures(index + 1))), confirmedIncidents: 0, ...given,
});
const percents = (...all: number[]): ExamFact[] => all.map((percent, index) => buildFact(index + 1, { percent }));

test.each([
  [0, 0], [-3, 0], [49.499999, 49], [49.5, 50], [99.499999, 99], [99.5, 100], [100, 100], [120, 100],
])('%d percent are %d points', (percent, points) => {
  expect(examPoints(percent)).toBe(points);
});

describe('built-in badges', () => {
  test.each([
    [[99.999999], null, 0], [[100], 1_000, 1], [[80, 100, 100], 2_000, 2], [[], null, 0],
  ])('perfect is 100 percent: %j', (given, earnedAtMs, times) => {
    expect(builtInStanding('perfect', buildFacts(percents(...given)))).toMatchObject({ earnedAtMs, times });
  });

  test('perfect shows how near the best result is', () => {
    expect(builtInStanding('perfect', buildFacts(percents(70, 95, 20))).progress).toEqual({ value: 95, target: 100 });
  });

  test.each([
    ['half the mean time is not below half', { usedMs: HOUR / 2 }, {}, 0],
    ['a millisecond less is', { usedMs: HOUR / 2 - 1 }, {}, 1],
    ['a failed exam earns nothing by speed', { usedMs: 1, percent: 49.999999 }, {}, 0],
    ['without a pass mark half the points are asked for', { usedMs: 1, percent: 50, passPercent: null }, {}, 1],
    ['less than half without a pass mark is no success', { usedMs: 1, percent: 49.99, passPercent: null }, {}, 0],
    ['nobody is fast beside no mean', { usedMs: 1 }, { meanUsedMs: null }, 0],
  ])('fast: %s', (_, fact, figures, times) => {
    expect(builtInStanding('fast', buildFacts([buildFact(1, fact)], { figures: new Map([buildFigures(1, figures)]) }))).toMatchObject({ times, progress: null });
  });

  test.each([
    ['the last of the first tenth is early', { handedInAtMs: 1_000 }, {}, 1],
    ['a millisecond later is not', { handedInAtMs: 1_001 }, {}, 0],
    ['whoever was ended by the deadline is not', { handedInAtMs: null }, {}, 0],
    ['a failed exam earns nothing', { percent: 10 }, {}, 0],
    ['below ten people there is no tenth', {}, { earlyUntilMs: null }, 0],
  ])('early bird: %s', (_, fact, figures, times) => {
    expect(builtInStanding('early-bird', buildFacts([buildFact(1, fact)], { figures: new Map([buildFigures(1, figures)]) })).times).toBe(times);
  });

  test.each([
    [[81, 81, 81, 81], null, 4], [[81, 80, 81, 81, 81], null, 4], [[81, 10, 81, 81, 81, 80.000001], 6_000, 5], [[90, 90, 90, 90, 90, 90], 5_000, 5],
  ])('consistent is five exams above 80 percent: %j', (given, earnedAtMs, value) => {
    expect(builtInStanding('consistent', buildFacts(percents(...given)))).toMatchObject({ earnedAtMs, progress: { value, target: 5 } });
  });

  test.each([[0, [70], 1], [1, [70], 0], [0, [], 0]])('clean: %d confirmed incidents, results %j', (confirmedIncidents, given, times) => {
    expect(builtInStanding('clean', buildFacts(percents(...given), { confirmedIncidents })).times).toBe(times);
  });
});

describe('rules of teachers', () => {
  const all = { examIds: [], tag: null } as const;
  const score = (given: Partial<Extract<RuleCondition, { kind: 'score' }>> = {}): RuleCondition => ({ kind: 'score', minPercent: 80, exams: 1, ...all, ...given });
  const streak = (exams: number, minPercent = 80): RuleCondition => ({ kind: 'streak', minPercent, exams, ...all });
  const better = (byPercent: number): RuleCondition => ({ kind: 'improvement', byPercent, ...all });

  test.each<[string, RuleCondition[], number[], number | null]>([
    ['at least, not above', [score()], [80], 1_000],
    ['just below', [score()], [79.999999], null],
    ['two of three', [score({ exams: 2 })], [80, 10, 90], 3_000],
    ['one of two', [score({ exams: 2 })], [80, 10], null],
    ['only named exams count', [score({ examIds: ['exam-2'] })], [100, 10], null],
    ['a named exam counts', [score({ examIds: ['exam-2'] })], [10, 80], 2_000],
    ['a row', [streak(3)], [80, 90, 80], 3_000],
    ['a broken row', [streak(3)], [80, 90, 10, 80, 90], null],
    ['a row that was broken later stays earned', [streak(2)], [80, 90, 10], 2_000],
    ['exactly ten points better', [better(10)], [70.1, 80.1], 2_000],
    ['not quite', [better(10)], [70.1, 80.099999], null],
    ['better than the one before, not than the first', [better(10)], [50, 45, 55], 3_000],
    ['one result is no improvement', [better(0.01)], [100], null],
    ['all conditions, when the last holds', [score(), better(10)], [80, 60, 75], 3_000],
    ['not all conditions', [score(), better(50)], [80, 60, 75], null],
    ['no condition earns nothing', [], [100], null],
  ])('%s', (_, conditions, given, earnedAtMs) => {
    expect(ruleStanding(conditions, percents(...given)).earnedAtMs).toBe(earnedAtMs);
  });

  test('a tag looks only at items with it, and only where they may be seen', () => {
    const exams = [buildFact(1, { percent: 100 }), buildFact(2, { percent: 10, tagPercents: { genetics: 90 } })];
    expect(ruleStanding([score({ tag: 'genetics' })], exams).earnedAtMs).toBe(2_000);
    expect(ruleStanding([score({ tag: 'genetics', exams: 2 })], exams)).toMatchObject({ earnedAtMs: null, progress: { value: 1, target: 2 } });
  });

  test('progress is the run that goes on, or the conditions that hold', () => {
    expect(ruleStanding([streak(4)], percents(90, 90, 90, 10, 90)).progress).toEqual({ value: 1, target: 4 });
    expect(ruleStanding([score(), better(50)], percents(80)).progress).toEqual({ value: 1, target: 2 });
    expect(ruleStanding([better(5)], percents(80)).progress).toBeNull();
  });
});

test('a course shows the badges that are switched on, then those of the teacher', () => {
  const rule = { id: 'r', name: 'Genes', description: '', conditions: [] };
  const standings = courseStandings({ badges: ['clean', 'perfect'], rules: [rule] }, buildFacts(percents(100)));
  expect(standings.map(({ badge }) => badge)).toEqual(['perfect', 'clean', 'rule-r']);
  expect(coursePoints({ exams: percents(70.5, 100, 12.4) })).toBe(71 + 100 + 12);
});

test.each([['Ada Lovelace', 'A. L.'], ['ada', 'A.'], ['  Maria de la Cruz ', 'M. C.'], ['𝒳 ángel', '𝒳. Á.'], ['', '']])('initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a name is shown as its owner wishes, and an empty alias shows initials', () => {
  expect([
    shownName('Ada Lovelace', { shownAs: 'name', alias: 'x' }), shownName('Ada Lovelace', { shownAs: 'alias', alias: ' Countess ' }), shownName('Ada Lovelace', { shownAs: 'alias', alias: '  ' }),
  ]).toEqual(['Ada Lovelace', 'Countess', 'A. L.']);
});
