import type { ExamFields, ExamSection, ExamWindow } from '#db/exams/types.ts';
import { v7 as uuidv7 } from 'uuid';

import type { DemoBank } from './bank/bank.ts';
import { topicTag } from './bank/forms.ts';

const INSTRUCTIONS = [
  'Answer every question you can; nothing is taken away for a wrong answer.',
  'Your answers are saved as you give them, and your last saved answers count when the time is over.',
  'If something goes wrong, log in again on any device: you continue where you were, with the right time left.',
].join('\n');

const COMMON: Omit<ExamFields, 'title' | 'description' | 'durationMinutes' | 'sections' | 'window'> = {
  externalId: null,
  instructions: INSTRUCTIONS,
  graceSeconds: 10,
  passPercent: 50,
  attempts: 1,
  attemptRule: 'best',
  navigation: 'free',
  display: 'one',
  shuffleItems: true,
  shuffleOptions: true,
  lateEntryMinutes: null,
  endRule: 'window',
  accessCodeHash: null,
  proctoring: 'events',
  results: { release: 'manual', releaseAt: null, score: true, items: true, key: false, feedback: false },
  plagiarismScan: { automatic: false, level: 0.01 }, warnMinutes: [10, 5, 1],
};

/** Points of an item by the title of its question. */
type Worth = Readonly<Record<string, string>>;

/** The midterm that was written a week ago. */
export function midterm(bank: DemoBank, window: ExamWindow): ExamFields {
  return {
    ...COMMON,
    title: 'Biology 1: midterm',
    description: 'Cell biology, genetics, physiology and ecology: lectures 1 to 7.',
    durationMinutes: 75,
    results: { release: 'manual', releaseAt: null, score: true, items: true, key: true, feedback: true },
    sections: [
      section(bank, 'Cells', {
        'Site of ATP production': '1', Ribosomes: '1', Osmosis: '1', 'Passive transport': '2', 'Organelles and their tasks': '2', 'Stages of mitosis': '1',
        'Size under the microscope': '2', 'Plant cells': '2',
      }),
      { ...section(bank, 'Genetics', { 'Base pairing': '1', Chargaff: '2', 'Dihybrid cross': '1', Mutation: '1', Translation: '3' }), draw: { tag: topicTag('Genetics'), count: 2, points: '1' } },
      section(bank, 'Bodies and their surroundings', { Insulin: '1', Heart: '2', Haemoglobin: '1', 'Way of the air': '2', 'Trophic levels': '2', Pyramid: '1' }),
      section(bank, 'Explain', { 'Natural selection': '5' }),
    ],
    window,
  };
}

/** The exam that is open now: everybody has to be able to start it without asking for anything. */
export function endOfTerm(bank: DemoBank, window: ExamWindow): ExamFields {
  return {
    ...COMMON,
    title: 'Biology 1: end of term',
    description: 'Everything from the first semester. You may use a calculator.',
    durationMinutes: 60,
    sections: [
      section(bank, 'Cells', { Membranes: '1', 'Electron carriers': '1', 'Same genes in every cell': '1', 'Order of mitosis': '2' }),
      { title: 'Genetics', items: [], draw: { tag: topicTag('Genetics'), count: 5, points: '2' } },
      section(bank, 'Bodies', { 'Cardiac output': '2', Cold: '2', Nephron: '1', Arteries: '1', 'Normal body temperature': '1' }),
      section(bank, 'Ecosystems', { 'Counting beetles': '2', Density: '2', 'Role of a species': '1', 'Living together': '2' }),
      section(bank, 'Explain', { 'Blood sugar': '6' }),
    ],
    window,
  };
}

/** The quiz that opens in a few minutes and answers by itself. */
export function quiz(window: ExamWindow): ExamFields {
  return {
    ...COMMON,
    title: 'Ecology quiz',
    description: 'Six questions, drawn for each of you. The results come out when the quiz is over.',
    durationMinutes: 15,
    passPercent: null,
    navigation: 'forward',
    proctoring: 'none',
    warnMinutes: [5, 1],
    results: { release: 'after-close', releaseAt: null, score: true, items: true, key: true, feedback: true },
    sections: [{ title: 'Ecology', items: [], draw: { tag: topicTag('Ecology'), count: 6, points: '1' } }],
    window,
  };
}

function section(bank: DemoBank, title: string, worth: Worth): ExamSection {
  return { title, items: Object.entries(worth).map(([name, points]) => ({ id: uuidv7(), questionId: bank.byTitle(name).id, points })) };
}
