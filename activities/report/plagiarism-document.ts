import type { PairRow } from '#db/plagiarism/pairs.ts';
import type { ScanRow } from '#db/plagiarism/scans.ts';
import type { ReportExam } from '#db/reports/source.ts';
import { hasWrongBeyondChance, isCloseInTime, isInSameOrder } from '#domain/plagiarism/evidence.ts';

import type { Column, Part, ReportDocument } from './document.ts';
import { windowOf } from './facts.ts';
import { plagiarismWords, type Say } from './plagiarism-words.ts';
import { breakable } from './text/blocks.ts';
import type { Speech } from './words.ts';

/** What a scan found, and what people said about it. */
export interface ScanFound {
  readonly scan: ScanRow;
  /** The flagged ones, the strongest first. */
  readonly pairs: readonly PairRow[];
  readonly more: boolean;
  /** How many students were told, by pair. */
  readonly told: ReadonlyMap<string, number>;
}

/** The report of a plagiarism scan: how it was done and how far it can be trusted, the flagged pairs with their decisions, the groups, the reviewers. */
export function plagiarismDocument(exam: ReportExam, found: ScanFound, speech: Speech): ReportDocument {
  const say = plagiarismWords(speech.lang);
  return {
    title: `${say('title')}: ${exam.title}`,
    heading: breakable(exam.title),
    sub: say('title'),
    body: [
      { n: 'facts', items: factsOf(exam, found, say, speech) },
      { n: 'text', text: say('calm') },
      { n: 'heading', text: say('method') },
      ...methodOf(found, say, speech).map((text): Part => ({ n: 'text', text })),
      { n: 'heading', text: say('pairs') },
      ...pairsOf(found, say, speech),
      ...groupsOf(found.pairs, say),
    ],
  };
}

function factsOf(exam: ReportExam, { pairs, scan }: ScanFound, say: Say, speech: Speech): (readonly [name: string, value: string])[] {
  const { summary } = scan;
  const count = (state: PairRow['state']): number => pairs.filter((pair) => pair.state === state).length;
  const reviewers = [...new Set(pairs.flatMap(({ decidedBy }) => (decidedBy === null ? [] : [decidedBy.name])))];
  return [
    ...windowOf(exam, speech),
    [say('made'), speech.at(scan.computedAtMs)],
    ...(summary === null ? [] : [
      [say('sessions'), whole(summary.sessions, speech)], [say('possible'), whole(summary.pairsPossible, speech)], [say('compared'), whole(summary.pairsCompared, speech)],
      [say('flagged'), whole(summary.flags, speech)], [say('groups'), whole(summary.clusters, speech)],
    ] as const),
    [say('decided'), say('decidedCount', { confirmed: count('confirmed'), dismissed: count('dismissed'), open: count('open') })],
    ...(reviewers.length === 0 ? [] : [[say('reviewers'), breakable(reviewers.join(', '))] as const]),
  ];
}

function methodOf({ pairs, scan }: ScanFound, say: Say, speech: Speech): string[] {
  const { parameters, summary } = scan;
  const index = pairs.find(({ indices }) => indices.answers !== null)?.indices.answers?.index;
  const left = [...(parameters.answers ? [] : [say('whatAnswers')]), ...(parameters.text ? [] : [say('whatText')]), ...(parameters.timing ? [] : [say('whatTiming')])];
  return [
    ...(summary === null ? [] : [say('rate', {
      rate: chance(summary.falsePositiveRate, say, speech), expected: speech.number(summary.expectedFalsePairs, 2), possible: whole(summary.pairsPossible, speech), level: chance(parameters.level, say, speech),
    })]),
    ...(parameters.answers && index !== undefined ? [say('index', { index })] : []),
    ...(parameters.text ? [say('text', { common: speech.number(parameters.commonSharePercent), contained: speech.number(Math.round(parameters.minContainment * 100)) })] : []),
    ...(parameters.timing ? [say('timing')] : []),
    ...(left.length === 0 ? [] : [say('notUsed', { what: left.join(', ') })]),
    say('strengthHelp'),
  ];
}

function pairsOf({ more, pairs, told }: ScanFound, say: Say, speech: Speech): Part[] {
  if (pairs.length === 0) return [{ n: 'text', text: say('none') }];
  const columns: Column[] = [column(say('students'), 5), column(say('evidence'), 6), column(say('strength'), null, true), column(say('decision'), 5)];
  return [
    ...(more ? [{ n: 'text', text: say('more', { count: pairs.length }) } as const] : []),
    { n: 'table', columns, rows: pairs.map((pair) => [namesOf(pair, say), evidenceOf(pair, say, speech), speech.number(pair.score, 1), decisionOf(pair, told.get(pair.id) ?? 0, say, speech)]) },
  ];
}

function decisionOf(pair: PairRow, told: number, say: Say, speech: Speech): string {
  const state = say(pair.state);
  const said = pair.decidedBy === null || pair.decidedAtMs === null ? state : say('by', { state, name: pair.decidedBy.name, when: speech.when(pair.decidedAtMs) });
  return breakable([said, ...(told === 0 ? [] : [say('told', { count: told })]), ...(pair.note === '' ? [] : [say('note', { note: pair.note })])].join('. '));
}

function namesOf({ a, b }: PairRow, say: Say): string {
  const name = ({ student }: PairRow['a']): string => (student.externalId === null ? student.name : `${student.name} (${student.externalId})`);
  return breakable(say('and', { a: name(a), b: name(b) }));
}

function evidenceOf({ indices: { answers, text, timing } }: PairRow, say: Say, speech: Speech): string {
  return breakable([
    ...(answers === null || !hasWrongBeyondChance(answers) ? [] : [say('wrong', { count: answers.identicalWrong, expected: speech.number(answers.expected, 1) })]),
    ...(answers === null ? [] : [say('identical', { count: answers.identical, common: answers.common })]),
    ...(answers === null || answers.longestRun < 3 ? [] : [say('run', { count: answers.longestRun })]),
    ...(text === null || text.fingerprints < 2 ? [] : [say('contained', { percent: Math.round(text.maxContainment * 100) })]),
    ...(timing === null || !isCloseInTime(timing) ? [] : [say('close', { count: timing.within30s, items: timing.items })]),
    ...(timing === null || !isInSameOrder(timing) ? [] : [say('order', { value: speech.number(timing.orderCorrelation, 2) })]),
  ].join('; '));
}

function groupsOf(pairs: readonly PairRow[], say: Say): Part[] {
  const groups = [...Map.groupBy(pairs.filter(({ clusterId }) => clusterId !== null), ({ clusterId }) => clusterId!)]
    .map(([id, edges]) => ({ id, edges, names: new Map(edges.flatMap(({ a, b }) => [a, b]).map(({ sessionId, student }) => [sessionId, student.name])) }))
    .filter(({ names }) => names.size > 2);
  if (groups.length === 0) return [];
  return [
    { n: 'heading', text: say('groups') },
    {
      n: 'table',
      columns: [column(say('group'), null), column(say('size'), null, true), column(say('edges'), null, true), column(say('members'), 1)],
      rows: groups.map(({ edges, id, names }) => [String(id), String(names.size), String(edges.length), breakable([...names.values()].join(', '))]),
    },
  ];
}

function column(label: string, width: number | null, end = false): Column {
  return { label, width, end };
}

function whole(value: number, { lang }: Speech): string {
  return value.toLocaleString(lang === 'de' ? 'de-DE' : 'en-GB');
}

function chance(p: number, say: Say, speech: Speech): string {
  return p >= 0.1 ? say('ratePercent', { percent: speech.number(p * 100, 0) }) : say('rateOne', { count: whole(Number((1 / Math.max(p, 1e-15)).toPrecision(2)), speech) });
}
