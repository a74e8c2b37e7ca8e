import type { Queryable } from './connection.ts';

/** Tables that a service role may add to and read, never change or empty. */
const APPEND_ONLY = ['audit_log', 'answer_revisions', 'question_versions', 'exam_contents', 'exam_corrections'];

/**
 * Gives the service roles what they need and nothing more: no schema changes, no rewriting of append-only tables.
 * @param owner a connection as owner of the schema
 * @param roles existing roles, for example `holdfast_api` and `holdfast_worker`
 */
export async function grantRoles(owner: Queryable, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    const name = `"${role.replaceAll('"', '""')}"`;
    await owner.query(`grant usage on schema public to ${name}`);
    await owner.query(`grant select, insert, update, delete on all tables in schema public to ${name}`);
    await owner.query(`grant usage, select on all sequences in schema public to ${name}`);
    await owner.query(`revoke update, delete, truncate on ${APPEND_ONLY.join(', ')} from ${name}`);
    await owner.query(`revoke insert, update, delete on schema_migrations, schema_migrations_lock from ${name}`);
  }
}
