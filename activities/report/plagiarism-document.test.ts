import { expect, test } from 'vitest';

import type { PairRow } from '#db/plagiarism/pairs.ts';
import type { ScanRow } from '#db/plagiarism/scans.ts';

import { plagiarismDocument } from './plagiarism-document.ts';
import { speechOf } from './words.ts';

const EXAM = { id: 'e', title: 'Cells', timeZone: 'UTC', opensAtMs: 0, closesAtMs: 1, durationMinutes: 60, passPercent: 50, owner: 'T' } as const;
const SCAN = {
  parameters: { level: 0.01, answers: true, text: true, timing: false, minContainment: 0.3, commonSharePercent: 10 },
  summary: { sessions: 120, pairsPossible: 7_140, pairsCompared: 900, pairsStored: 40, flags: 3, clusters: 1, falsePositiveRate: 1e-5, expectedFalsePairs: 0.0714 },
  computedAtMs: 0,
} as ScanRow;

function pair(id: string, a: string, b: string, more: Partial<PairRow> = {}): PairRow {
  const side = (name: string) => ({ sessionId: name, attempt: 1, student: { id: name, externalId: null, name } });
  return {
    id, a: side(a), b: side(b), score: 7.25, clusterId: 1, state: 'open', note: '', decidedBy: null, decidedAtMs: null, flagged: true,
    indices: { answers: { index: 'INDEXNAME', identicalWrong: 7, expected: 0.62, sd: 1, z: 8, p: 1e-7, longestRun: 4, identical: 30, common: 40 }, timing: null, text: null },
    ...more,
  } as PairRow;
}

const PAIRS = [
  pair('1', 'Amara', 'Bruno', { state: 'confirmed', note: 'SIDEBYSIDE', decidedBy: { id: 'i', name: 'Ines Ferreira' }, decidedAtMs: 0 }),
  pair('2', 'Amara', 'Chen', { state: 'dismissed', decidedBy: { id: 'j', name: 'Jon Berg' }, decidedAtMs: 0 }),
  pair('3', 'Dina', 'Elif', { clusterId: 2 }),
];

test('a report of a scan tells how it was done, how far it can be trusted, each pair with its decision, the groups and who reviewed', () => {
  const text = JSON.stringify(plagiarismDocument(EXAM, { scan: SCAN, pairs: PAIRS, more: false, told: new Map([['1', 2]]) }, speechOf('en', 'UTC')));
  for (const said of [
    'chance of 1 in 100,000 to be flagged', 'about 0.07 of the 7,140 pairs', 'at most 1 in 100', 'INDEXNAME', 'more than 10 %', 'at least 30 %', 'Left out in this scan: timing',
    '1 confirmed, 1 dismissed, 1 to review', '7 identical wrong answers; expected 0.6', '4 identical wrong answers in a row', '"7.3"', 'confirmed, Ines Ferreira', '2 told', 'Note: SIDEBYSIDE', 'Ines Ferreira, Jon Berg',
    'Amara, Bruno, Chen',
  ]) expect(text).toContain(said);
  // a group of two is its pair
  expect(text).not.toContain('Dina, Elif');
});

test('a report of a scan without flags says so, in German as well', () => {
  const document = (locale: string) => JSON.stringify(plagiarismDocument(EXAM, { scan: SCAN, pairs: [], more: false, told: new Map() }, speechOf(locale, 'UTC')));
  expect(document('en')).toContain('No pair stands out');
  expect(document('de')).toContain('Kein Paar fällt auf');
  expect(document('de')).toContain('1 zu 100.000');
});
