import { Model, snakeCaseMappers } from 'objection';

import type { QuestionContent, QuestionMeta } from '#domain/questions/types.ts';

/** Row of `question_imports`. */
export class QuestionImportModel extends Model {
  static override tableName = 'question_imports';
  static override columnNameMappers = snakeCaseMappers();

  declare id: string;
  declare state: 'queued' | 'parsing' | 'ready' | 'committed' | 'failed';
  declare format: string | null;
  declare encoding: string | null;
  declare fileName: string;
  declare examId: string | null;
  declare detail: string | null;
  declare source: Buffer | null;
  declare createdBy: string;
  declare createdAt: Date;
  declare committedAt: Date | null;
}

/** Row of `question_import_items`. */
export class QuestionImportItemModel extends Model {
  static override tableName = 'question_import_items';
  static override idColumn = ['import_id', 'index'];
  static override columnNameMappers = snakeCaseMappers();
  static override jsonAttributes = ['question'];

  declare importId: string;
  declare index: number;
  declare line: number;
  declare status: 'ready' | 'skipped' | 'duplicate';
  declare reason: string | null;
  declare raw: string | null;
  declare question: { content: QuestionContent; meta: QuestionMeta } | null;
  declare questionId: string | null;
}
