import type { Knex } from 'knex';

/** How far the machine that keeps the deadlines was from network time, looked at every few minutes. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table clock_measurements (
      id bigserial primary key,
      at timestamptz not null default holdfast_now(),
      server text not null,
      stratum smallint not null,
      offset_ms double precision not null,
      delay_ms double precision not null
    );
    create index clock_measurements_at_idx on clock_measurements (at);
  `);
}
