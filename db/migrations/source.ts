import type { Knex } from 'knex';

import * as functions from './20261121090000_functions__create.ts';
import * as people from './20261121090100_people__create.ts';
import * as questions from './20261121090200_questions__create.ts';
import * as exams from './20261121090300_exams__create.ts';
import * as sessions from './20261121090400_exam_sessions__create.ts';
import * as grades from './20261121090500_grades__create.ts';
import * as operations from './20261121090600_operations__create.ts';

/** Every migration by name, in order; a static list, so names do not depend on file extensions. */
export const MIGRATIONS: Readonly<Record<string, { up(knex: Knex): Promise<void> }>> = {
  '20261121090000_functions__create': functions,
  '20261121090100_people__create': people,
  '20261121090200_questions__create': questions,
  '20261121090300_exams__create': exams,
  '20261121090400_exam_sessions__create': sessions,
  '20261121090500_grades__create': grades,
  '20261121090600_operations__create': operations,
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
