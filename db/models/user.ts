import { Model, snakeCaseMappers } from 'objection';

import type { Role } from '#domain/people/roles.ts';

/** Row of `users`. */
export class UserModel extends Model {
  static override tableName = 'users';
  static override columnNameMappers = snakeCaseMappers();

  declare id: string;
  declare externalId: string | null;
  declare email: string;
  declare name: string;
  declare roles: Role[];
  declare passwordHash: string | null;
  declare disabled: boolean;
  declare timeZone: string;
  declare locale: string;
  declare version: number;
  declare accessVersion: number;
  declare accessChangedAt: Date | null;
  declare createdAt: Date;
  declare updatedAt: Date;
}
