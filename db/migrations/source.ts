import type { Knex } from 'knex';

import * as functions from './20261121090000_functions__create.ts';
import * as people from './20261121090100_people__create.ts';
import * as questions from './20261121090200_questions__create.ts';
import * as exams from './20261121090300_exams__create.ts';
import * as sessions from './20261121090400_exam_sessions__create.ts';
import * as grades from './20261121090500_grades__create.ts';
import * as operations from './20261121090600_operations__create.ts';
import * as changeNumbers from './20261121100000_exams__change_no__add.ts';
import * as sessionChanges from './20261121100100_session_changes__functions__create.ts';
import * as sessionClose from './20261121100200_session_close__functions__create.ts';
import * as sessionStart from './20261121100300_session_start__function__create.ts';
import * as timeChanges from './20261121100400_time_changes__functions__create.ts';
import * as streamSequencer from './20261121100500_stream_events__sequencer__create.ts';
import * as peopleAccess from './20261121110001_people__access__add.ts';
import * as questionFingerprint from './20261121120001_question_versions__fingerprint__add.ts';
import * as importSource from './20261121120002_question_imports__source__add.ts';
import * as sessionConnections from './20261121130001_session_connections__create.ts';
import * as sessionFiles from './20261121130002_session_files__create.ts';
import * as helpHandling from './20261129090000_help_requests__handling__add.ts';
import * as windowMoves from './20261129090050_audit_log__window_moves__index.ts';
import * as clockMeasurements from './20261129090100_clock_measurements__create.ts';
import * as plagiarism from './20261129110000_plagiarism__create.ts';
import * as marking from './20261129120000_marking__create.ts';
import * as regrades from './20261129130000_regrades__create.ts';
import * as gradeScales from './20261129130100_grade_scales__create.ts';
import * as appeals from './20261129130200_appeals__create.ts';
import * as reportFiles from './20261129140000_report_files__create.ts';
import * as examScans from './20261129150000_exams__plagiarism_scan__add.ts';
import * as plagiarismNotices from './20261129150100_plagiarism_notices__create.ts';
import * as plagiarismReports from './20261129150200_report_files__plagiarism__add.ts';
import * as gamification from './20261129160000_gamification__create.ts';
import * as mails from './20261129170000_mails__create.ts';
import * as institutionLetters from './20261129180000_institution__letters__add.ts';

/** Every migration by name, in order; a static list, so names do not depend on file extensions. */
export const MIGRATIONS: Readonly<Record<string, { up(knex: Knex): Promise<void> }>> = {
  '20261121090000_functions__create': functions,
  '20261121090100_people__create': people,
  '20261121090200_questions__create': questions,
  '20261121090300_exams__create': exams,
  '20261121090400_exam_sessions__create': sessions,
  '20261121090500_grades__create': grades,
  '20261121090600_operations__create': operations,
  '20261121100000_exams__change_no__add': changeNumbers,
  '20261121100100_session_changes__functions__create': sessionChanges,
  '20261121100200_session_close__functions__create': sessionClose,
  '20261121100300_session_start__function__create': sessionStart,
  '20261121100400_time_changes__functions__create': timeChanges,
  '20261121100500_stream_events__sequencer__create': streamSequencer,
  '20261121110001_people__access__add': peopleAccess,
  '20261121120001_question_versions__fingerprint__add': questionFingerprint,
  '20261121120002_question_imports__source__add': importSource,
  '20261121130001_session_connections__create': sessionConnections,
  '20261121130002_session_files__create': sessionFiles,
  '20261129090000_help_requests__handling__add': helpHandling,
  '20261129090050_audit_log__window_moves__index': windowMoves,
  '20261129090100_clock_measurements__create': clockMeasurements,
  '20261129110000_plagiarism__create': plagiarism,
  '20261129120000_marking__create': marking,
  '20261129130000_regrades__create': regrades,
  '20261129130100_grade_scales__create': gradeScales,
  '20261129130200_appeals__create': appeals,
  '20261129140000_report_files__create': reportFiles,
  '20261129150000_exams__plagiarism_scan__add': examScans,
  '20261129150100_plagiarism_notices__create': plagiarismNotices,
  '20261129150200_report_files__plagiarism__add': plagiarismReports,
  '20261129160000_gamification__create': gamification,
  '20261129170000_mails__create': mails,
  '20261129180000_institution__letters__add': institutionLetters,
};

/** The list as knex wants it. There is no way down: a restore is the way back. */
export const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(Object.keys(MIGRATIONS)),
  getMigrationName: (name) => name,
  getMigration: (name) => {
    const migration = MIGRATIONS[name];
    if (migration === undefined) throw new Error(`unknown migration ${name}`);
    return Promise.resolve({ up: (knex) => migration.up(knex), down: () => Promise.reject(new Error('restore a backup instead')) });
  },
};
