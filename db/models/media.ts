import { Model, snakeCaseMappers } from 'objection';

/** Row of `media`; the bytes lie on disk under their hash. */
export class MediaModel extends Model {
  static override tableName = 'media';
  static override columnNameMappers = snakeCaseMappers();

  declare id: string;
  declare mediaType: string;
  declare sizeBytes: number;
  declare sha256: string;
  declare fileName: string;
  declare createdBy: string;
  declare createdAt: Date;
}
