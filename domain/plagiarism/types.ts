/** What a plagiarism scan knows about a session: hashes and numbers, never a text or a name. */
export interface SessionPrint {
  readonly sessionId: string;
  /** Sessions of one student are never compared with each other. */
  readonly studentId: string;
  /** Questions and parts of questions that were on the paper and have a comparable answer. */
  readonly keys: readonly number[];
  /** By place in `keys`: what was answered; 0 is blank. */
  readonly codes: readonly number[];
  /** By place in `keys`: 1 is right. */
  readonly right: readonly number[];
  /** By place in `keys`: epoch seconds of the last save; 0 is never. */
  readonly savedAt: readonly number[];
  readonly texts: readonly TextPrint[];
}

/** A long answer to a question. */
export interface TextPrint {
  readonly key: number;
  /** Winnowed fingerprints of passages, in order. */
  readonly prints: readonly number[];
  /** Content words that stand near each other, in order; none of code, and absent in scans of earlier releases. */
  readonly neighbours?: readonly number[];
}

/** Indices of a pair by what they look at. */
export interface PairIndices {
  readonly answers: AnswerIndex | null;
  readonly timing: TimingIndex | null;
  readonly text: TextIndex | null;
}

/** How alike the answers of two sessions are. */
export interface AnswerIndex {
  readonly index: string;
  readonly identicalWrong: number;
  /** Identical wrong answers that chance explains, given both abilities. */
  readonly expected: number;
  readonly sd: number;
  readonly z: number;
  /** Chance of as large an index; in scans of earlier releases that of `pWrong`. */
  readonly p: number;
  /** Chance of as many identical wrong answers, by the generalized binomial test; absent in scans of earlier releases. */
  readonly pWrong?: number;
  readonly longestRun: number;
  readonly identical: number;
  /** Identical answers, right or wrong, that chance explains; absent in scans of earlier releases. */
  readonly expectedIdentical?: number;
  /** Questions that both had. */
  readonly common: number;
}

/** How alike the times of two sessions are. */
export interface TimingIndex {
  /** Of the time for each question, beyond what questions and pace cause; in scans of earlier releases of the plain times. */
  readonly correlation: number | null;
  /** Chance of as high a correlation; absent for few questions and in scans of earlier releases. */
  readonly p?: number;
  readonly orderCorrelation: number | null;
  readonly items: number;
  readonly within30s: number;
}

/** How alike two texts are: what stands word for word in both, and what was said again. */
export interface TextIndex {
  readonly maxContainment: number;
  readonly fingerprints: number;
  /** Content words near each other in both texts, and what two answers of this class to the question have in common; absent in scans of earlier releases. */
  readonly neighbours?: number;
  readonly expectedNeighbours?: number;
  /** Chance of as much by two who write alone, for all questions together; absent in scans of earlier releases. */
  readonly p?: number;
  /** Key of the question with the most. */
  readonly key: number;
}

/** One reason in words. */
export interface Evidence {
  readonly kind: 'answers' | 'run' | 'timing' | 'order' | 'text';
  readonly text: string;
  readonly weight: number;
}
