import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

import { createTokens } from '#api/auth/tokens.ts';
import { Person } from '#bench/lib/api.ts';
import { createStudents } from '#bench/lib/exam.ts';
import type { BenchStack } from '#bench/lib/stack.ts';

/** What a benchmark may look at besides the API: the database as owner, the keys of the stack. */
export interface Inside {
  readonly ownerUrl: string;
  readonly temporalAddress: string;
  readonly pool: pg.Pool;
  /** Logs people in without their passwords: two thousand password hashes would measure nothing but themselves. */
  logInAs(ids: readonly string[]): Promise<Person[]>;
  close(): Promise<void>;
}

/** Access tokens live 15 minutes; these have to outlive the run. */
const OUTLIVES_RUN_MS = 3_600_000;

/** Opens the inside of a stack on this machine through its data folder. */
export async function openInside(stack: BenchStack): Promise<Inside> {
  if (stack.data === undefined) throw new Error('the benchmarks need the data folder of the stack');
  const secrets = JSON.parse(await readFile(join(stack.data, 'secrets.json'), 'utf8')) as { owner: string; signingKey: string; secret: string };
  const { ports } = JSON.parse(await readFile(join(stack.data, 'stack.json'), 'utf8')) as { ports: { postgres: number; temporal: { frontend: number } } };
  const ownerUrl = `postgres://holdfast:${secrets.owner}@127.0.0.1:${ports.postgres}/holdfast`;
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4, options: '-c TimeZone=UTC' });
  pool.on('error', () => undefined);
  const tokens = createTokens({ signingKey: secrets.signingKey, secret: secrets.secret });
  return {
    ownerUrl,
    temporalAddress: `127.0.0.1:${ports.temporal.frontend}`,
    pool,
    async logInAs(ids) {
      const logins = ids.map((userId) => ({ userId, authSessionId: uuidv7() }));
      await pool.query(
        `insert into auth_sessions (id, user_id, expires_at) select l.id, l.user_id, now() + interval '7 days' from unnest($1::uuid[], $2::uuid[]) l(id, user_id)`,
        [logins.map((login) => login.authSessionId), ids],
      );
      return Promise.all(logins.map(async ({ userId, authSessionId }) => {
        const token = await tokens.issue({ userId, authSessionId, roles: ['student'], accessVersion: 1, issuedAtMs: Date.now() + OUTLIVES_RUN_MS });
        return new Person(stack.url, token, userId);
      }));
    },
    close: () => pool.end(),
  };
}

/** A class of students with open log-ins. */
export async function createClass(admin: Person, inside: Inside, count: number, label: string): Promise<Person[]> {
  const students = await createStudents(admin, count, label, { passwords: false });
  return inside.logInAs(students.map((student) => student.id));
}
