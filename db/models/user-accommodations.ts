import { Model, snakeCaseMappers } from 'objection';

/** Row of `user_accommodations`; a person without one has none. */
export class UserAccommodationsModel extends Model {
  static override tableName = 'user_accommodations';
  static override idColumn = 'user_id';
  static override columnNameMappers = snakeCaseMappers();

  declare userId: string;
  /** numeric(6,4) as text */
  declare timeMultiplier: string;
  declare extraMinutes: number;
  declare breakMinutes: number;
  declare note: string;
  declare version: number;
  declare updatedBy: string | null;
  declare updatedAt: Date;
}
