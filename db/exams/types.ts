import type { ExamLifecycle } from '#domain/exams/exam-state.ts';

/** An item of a draft: a question of the bank and what it is worth here. */
export interface ExamItem {
  readonly id: string;
  readonly questionId: string;
  /** Decimal string. */
  readonly points: string;
}

/** Questions drawn at random for each student. */
export interface ExamDraw {
  readonly tag: string;
  readonly count: number;
  /** Decimal string: each drawn question. */
  readonly points: string;
}

/** A section of an exam. */
export interface ExamSection {
  readonly title: string;
  readonly items: readonly ExamItem[];
  readonly draw?: ExamDraw;
}

/** When results come out, and what students then see. */
export interface ResultsSettings {
  readonly release: 'manual' | 'immediate' | 'after-close' | 'at';
  /** RFC 3339 UTC; for `at`. */
  readonly releaseAt: string | null;
  readonly score: boolean;
  readonly items: boolean;
  readonly key: boolean;
  readonly feedback: boolean;
  /** How the class did; absent is false. */
  readonly distribution?: boolean;
  /** Days after the publication in which students may appeal, 0 for none; absent is 14. */
  readonly appealDays?: number;
}

/** Whether the answers are compared with each other by themselves when the exam is closed out. */
export interface ScanSettings {
  readonly automatic: boolean;
  /** Share of false pairs among the flagged ones that is accepted. */
  readonly level: number;
}

/** Wall times with their zone, and the instants they were resolved to. */
export interface ExamWindow {
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
}

/** Everything of an exam that its owner sets. */
export interface ExamFields {
  readonly externalId: string | null;
  readonly title: string;
  readonly description: string;
  readonly instructions: string;
  readonly durationMinutes: number;
  readonly graceSeconds: number;
  readonly passPercent: number | null;
  readonly attempts: number;
  readonly attemptRule: 'best' | 'mean' | 'last' | 'first';
  readonly navigation: 'free' | 'forward';
  readonly display: 'one' | 'all';
  readonly shuffleItems: boolean;
  readonly shuffleOptions: boolean;
  readonly lateEntryMinutes: number | null;
  readonly endRule: 'window' | 'duration';
  /** argon2id of the access code. */
  readonly accessCodeHash: string | null;
  readonly proctoring: 'none' | 'events' | 'video';
  readonly results: ResultsSettings;
  readonly plagiarismScan: ScanSettings;
  readonly warnMinutes: readonly number[];
  readonly sections: readonly ExamSection[];
  readonly window: ExamWindow | null;
}

/** An exam as the database holds it. */
export interface StoredExam extends ExamFields {
  readonly id: string;
  readonly ownerId: string;
  readonly lifecycle: ExamLifecycle;
  readonly publishedAtMs: number | null;
  readonly cancelledAtMs: number | null;
  readonly resultsPublishedAtMs: number | null;
  /** Raised with every change that the window workflow has to follow. */
  readonly scheduleVersion: number;
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
