import { Model, snakeCaseMappers } from 'objection';

/** Row of `auth_sessions`: one log-in, from its start to its end. */
export class AuthSessionModel extends Model {
  static override tableName = 'auth_sessions';
  static override columnNameMappers = snakeCaseMappers();

  declare id: string;
  declare userId: string;
  declare deviceHash: string | null;
  declare userAgent: string;
  declare address: string;
  declare createdAt: Date;
  declare lastUsedAt: Date;
  declare expiresAt: Date;
  declare revokedAt: Date | null;
  declare revokeReason: string | null;
}
