import { describe, expect, test } from 'vitest';

import type { ResultGate, ResultVisibility } from '#db/grading/gate.ts';
import type { ReleasableMarking } from '#db/grading/released.ts';
import type { DrawnItem } from '#domain/paper/types.ts';
import type { QuestionContent } from '#domain/questions/types.ts';

import { type StudentSource, studentDocument } from './student-document.ts';
import { speechOf } from './words.ts';

const plain = (value: string) => ({ format: 'plain', value }) as const;
const option = (id: string) => ({ id, text: plain(`OPTIONTEXT-${id}`), feedback: plain(`OPTIONFEEDBACK-${id}`) });
const base = { points: '1', text: plain('QUESTIONTEXT'), explanation: plain('EXPLANATION') } as const;

const QUESTIONS: readonly QuestionContent[] = [
  { ...base, type: 'single-choice', options: [option('a'), option('b')], key: { optionId: 'a' } },
  { ...base, type: 'multiple-choice', options: [option('a'), option('b')], key: { optionIds: ['a'], scoring: 'partial' } },
  { ...base, type: 'short-text', key: { accepted: [{ text: 'KEYWORD' }], matchCase: false, collapseSpaces: true } },
  { ...base, type: 'numeric', key: { accepted: [{ value: '98765' }] } },
  { ...base, type: 'essay', key: { sample: 'KEYWORD' } },
  { ...base, type: 'matching', options: { left: [option('l')], right: [option('r')] }, key: { pairs: { l: 'r' } } },
  { ...base, type: 'ordering', options: [option('a'), option('b')], key: { order: ['b', 'a'] } },
  { ...base, type: 'cloze', options: { gaps: { g: { kind: 'text' } } }, key: { gaps: { g: { accepted: [{ text: 'KEYWORD' }], matchCase: false, collapseSpaces: true } } } },
];
const RESPONSES = [{ optionId: 'b' }, { optionIds: ['b'] }, { text: 'GIVEN' }, { value: '1' }, { text: 'GIVEN', format: 'plain' }, { pairs: {} }, { order: [] }, { gaps: { g: { text: 'GIVEN' } } }];

/** What each switch hides, as it would stand in the report. */
const HIDDEN: Readonly<Record<'score' | 'items' | 'key' | 'feedback' | 'distribution', readonly RegExp[]>> = {
  score: [/4321/, /passed/i, /GRADELABEL/, /7654/],
  items: [/QUESTIONTEXT/, /OPTIONTEXT/, /GIVEN/],
  key: [/KEYWORD/, /98765/, /Right answer/, /chosen, right/, /"right"/],
  feedback: [/EXPLANATION/, /OPTIONFEEDBACK/, /COMMENTWORD/, /CRITERION/, /LEVEL/, /PARTLABEL/, /REMARK/],
  distribution: [/The class/, /65\.4 %/, /<svg/],
};
const NAMES = ['score', 'items', 'key', 'feedback', 'distribution'] as const;
const COMBINATIONS = Array.from({ length: 2 ** NAMES.length }, (_, bits) => Object.fromEntries(NAMES.map((name, index) => [name, ((bits >> index) & 1) === 1])) as Record<(typeof NAMES)[number], boolean>);

/** What a grader said: points behind the score, the own words behind the items. */
const MARKING: ReleasableMarking = {
  rubric: { version: 1, kind: 'level', criteria: [{ criterionId: 'c', label: 'CRITERION', level: 'LEVEL', points: '4321', comment: 'CRITERIONCOMMENT' }] },
  parts: [{ label: 'PARTLABEL', points: '4321', comment: null }],
  annotations: [{ kind: 'text', start: 0, end: 5, quote: 'GIVEN', note: 'REMARK', points: '4321' }],
};

function sourceOf(visibility: ResultVisibility): StudentSource {
  const items = QUESTIONS.map((question, index): DrawnItem => ({ id: `i${index}`, questionId: `q${index}`, questionVersion: 1, points: '1', question }));
  const gate: ResultGate = {
    open: true, visibility, allOut: true, appealDays: 0, examTitle: 'Exam', passPercent: '50', publishedAtMs: 0,
    grade: { closedVersion: 2, state: 'graded', points: '4321', maxPoints: '7654', rawPoints: null, percent: '56.45', passed: true, gradeLabel: 'GRADELABEL' },
  };
  return {
    exam: { id: 'e', title: 'Exam', timeZone: 'UTC', opensAtMs: 0, closesAtMs: 1, durationMinutes: 60, passPercent: 50, owner: 'T' },
    student: { name: 'S', externalId: null }, session: { attempt: 1, endedAtMs: 0 }, gate,
    paper: { instructions: '', navigation: 'free', display: 'one', sections: [{ title: '', items }] },
    marks: items.map(({ id }, index) => ({ itemId: id, points: '4321', maxPoints: '7654', comment: 'COMMENTWORD', response: RESPONSES[index], marking: MARKING })),
    distribution: { results: 9, meanPercent: 65.43, medianPercent: 66, histogram: Array.from({ length: 20 }, (_, step) => (step === 12 ? 9 : 0)) },
  };
}

const textOf = (visibility: ResultVisibility, audience: 'student' | 'staff'): string => JSON.stringify(studentDocument(sourceOf(visibility), audience, '#123456', speechOf('en', 'UTC')));

describe('a report for a student', () => {
  test.each(COMBINATIONS)('with score $score, items $items, key $key, feedback $feedback, distribution $distribution has nothing else', (shown) => {
    const text = textOf(shown, 'student');
    for (const name of NAMES) {
      if (shown[name]) continue;
      for (const secret of HIDDEN[name]) expect(text).not.toMatch(secret);
    }
  });

  test('has everything when everything is shown', () => {
    const text = textOf({ score: true, items: true, key: true, feedback: true, distribution: true }, 'student');
    for (const secret of [/4321/, /GRADELABEL/, /QUESTIONTEXT/, /OPTIONTEXT-a/, /GIVEN/, /KEYWORD/, /98765/, /"right"/, /EXPLANATION/, /OPTIONFEEDBACK-b/, /COMMENTWORD/, /CRITERION.*LEVEL.*4321.*CRITERIONCOMMENT/, /PARTLABEL/, /GIVEN.*REMARK/, /The class/, /65\.4 %/]) expect(text).toMatch(secret);
  });
});

test('a report for staff has everything, whatever students may see', () => {
  const text = textOf({ score: false, items: false, key: false, feedback: false, distribution: false }, 'staff');
  for (const secret of [/4321/, /QUESTIONTEXT/, /KEYWORD/, /EXPLANATION/, /COMMENTWORD/]) expect(text).toMatch(secret);
});
