import { Model, snakeCaseMappers } from 'objection';

/** Row of `batches`. */
export class BatchModel extends Model {
  static override tableName = 'batches';
  static override columnNameMappers = snakeCaseMappers();

  declare id: string;
  declare externalId: string | null;
  declare name: string;
  declare description: string;
  declare ownerId: string;
  declare active: boolean;
  declare version: number;
  declare createdAt: Date;
  declare updatedAt: Date;
}
