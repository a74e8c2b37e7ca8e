import { Model, snakeCaseMappers } from 'objection';

/** Row of `questions`. */
export class QuestionModel extends Model {
  static override tableName = 'questions';
  static override columnNameMappers = snakeCaseMappers();

  declare id: string;
  declare currentVersion: number;
  declare createdBy: string;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare deletedAt: Date | null;
}
