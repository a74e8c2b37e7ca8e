import type { AnswerIndex, Evidence, PairIndices, TimingIndex } from './types.ts';

/** Chance from which on times that go together are worth a word. */
const UNUSUAL = 1e-3;

/** Whether there are more identical wrong answers than chance explains. */
export function hasWrongBeyondChance({ expected, identicalWrong }: AnswerIndex): boolean {
  return identicalWrong > expected;
}

/** Whether so many answers were saved close to each other that it is worth a word. */
export function isCloseInTime({ items, within30s }: TimingIndex): boolean {
  return within30s >= Math.max(5, items / 3);
}

/** Whether both answered in so nearly the same order that it is worth a word. */
export function isInSameOrder(timing: TimingIndex): timing is TimingIndex & { readonly orderCorrelation: number } {
  return timing.orderCorrelation !== null && timing.orderCorrelation >= 0.9;
}

/** Says in words why a pair stands out, the strongest reason first. */
export function evidenceOf({ answers, text, timing }: PairIndices, strengths: { readonly answers: number; readonly text: number }): Evidence[] {
  const evidence: Evidence[] = [];
  if (answers !== null && strengths.answers > 0) {
    // what chance explains is no reason
    if (hasWrongBeyondChance(answers)) {
      evidence.push({ kind: 'answers', weight: strengths.answers, text: `${count(answers.identicalWrong, 'identical wrong answer')}; expected ${answers.expected.toFixed(1)}` });
    }
    if (answers.expectedIdentical !== undefined && answers.identical > answers.expectedIdentical) {
      evidence.push({ kind: 'answers', weight: strengths.answers / 3, text: `${answers.identical} of ${count(answers.common, 'answer')} identical, right or wrong; expected ${answers.expectedIdentical.toFixed(1)}` });
    }
    if (answers.longestRun >= 3) evidence.push({ kind: 'run', weight: strengths.answers / 2, text: `${answers.longestRun} identical wrong answers in a row` });
  }
  if (text !== null && text.fingerprints >= 2) {
    evidence.push({ kind: 'text', weight: strengths.text, text: `${Math.round(text.maxContainment * 100)} % of the shorter text stands in the other one (${count(text.fingerprints, 'fingerprint')})` });
  }
  if (text?.neighbours !== undefined && text.neighbours > 1.5 * (text.expectedNeighbours ?? 0)) {
    evidence.push({
      kind: 'text', weight: strengths.text / 2,
      text: `${count(text.neighbours, 'pair')} of words near each other in both texts; usual between answers to this question: ${text.expectedNeighbours ?? 0}`,
    });
  }
  // times support a suspicion, they never make one: everybody may answer from the first to the last question
  if (timing !== null && isCloseInTime(timing)) {
    evidence.push({ kind: 'timing', weight: 0, text: `${timing.within30s} of ${timing.items} answers were saved within 30 seconds of each other` });
  }
  if (timing?.p !== undefined && timing.p <= UNUSUAL && timing.correlation !== null) {
    evidence.push({ kind: 'timing', weight: 0, text: `slow and quick at the same questions beyond what the questions cause (correlation ${timing.correlation.toFixed(2)}, chance 1 in ${Math.round(1 / Math.max(timing.p, 1e-9))})` });
  }
  if (timing !== null && isInSameOrder(timing)) {
    evidence.push({ kind: 'order', weight: 0, text: `answered in the same order (rank correlation ${timing.orderCorrelation.toFixed(2)})` });
  }
  return evidence.sort((left, right) => right.weight - left.weight);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
