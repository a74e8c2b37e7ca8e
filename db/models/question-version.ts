import { Model, snakeCaseMappers } from 'objection';

import type { Difficulty, MediaRef, RichText } from '#domain/questions/types.ts';

/** Row of `question_versions`; written once. */
export class QuestionVersionModel extends Model {
  static override tableName = 'question_versions';
  static override idColumn = ['question_id', 'version'];
  static override columnNameMappers = snakeCaseMappers();
  static override jsonAttributes = ['text', 'options', 'key', 'explanation', 'media'];

  declare questionId: string;
  declare version: number;
  declare type: string;
  declare text: RichText;
  declare options: unknown;
  declare key: unknown;
  declare points: string;
  declare tags: string[];
  declare subject: string;
  declare topic: string;
  declare difficulty: Difficulty;
  declare explanation: RichText | null;
  declare media: readonly MediaRef[];
  declare origin: string;
  declare searchText: string;
  declare fingerprint: string;
  declare createdBy: string;
  declare createdAt: Date;
}
