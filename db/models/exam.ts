import { Model, snakeCaseMappers } from 'objection';

import type { ExamSection, ResultsSettings, ScanSettings } from '#db/exams/types.ts';
import type { ExamLifecycle } from '#domain/exams/exam-state.ts';

/** Row of `exams`. */
export class ExamModel extends Model {
  static override tableName = 'exams';
  static override columnNameMappers = snakeCaseMappers();
  static override jsonAttributes = ['results', 'plagiarismScan', 'sections'];

  declare id: string;
  declare externalId: string | null;
  declare title: string;
  declare description: string;
  declare instructions: string;
  declare durationMinutes: number;
  declare graceSeconds: number;
  declare passPercent: string | null;
  declare attempts: number;
  declare attemptRule: 'best' | 'mean' | 'last' | 'first';
  declare navigation: 'free' | 'forward';
  declare display: 'one' | 'all';
  declare shuffleItems: boolean;
  declare shuffleOptions: boolean;
  declare lateEntryMinutes: number | null;
  declare endRule: 'window' | 'duration';
  declare accessCodeHash: string | null;
  declare proctoring: 'none' | 'events' | 'video';
  declare results: ResultsSettings;
  declare plagiarismScan: ScanSettings;
  declare warnMinutes: number[];
  declare sections: ExamSection[];
  declare localStart: string | null;
  declare localEnd: string | null;
  declare timeZone: string | null;
  declare opensAt: Date | null;
  declare closesAt: Date | null;
  declare lifecycle: ExamLifecycle;
  declare publishedAt: Date | null;
  declare cancelledAt: Date | null;
  declare resultsPublishedAt: Date | null;
  declare scheduleVersion: number;
  declare ownerId: string;
  declare version: number;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare deletedAt: Date | null;
}
