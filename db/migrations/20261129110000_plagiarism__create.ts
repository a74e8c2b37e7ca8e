import type { Knex } from 'knex';

/** What plagiarism scans found, and what people say about it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table plagiarism_scans (
      run_id uuid primary key references runs (id) on delete cascade,
      phase text not null default 'plan' check (phase in ('plan', 'fingerprint', 'candidates', 'compare', 'cluster', 'done')),
      pairs_possible bigint not null default 0,
      summary jsonb,
      computed_at timestamptz
    );

    create table plagiarism_prints (
      run_id uuid not null references plagiarism_scans (run_id) on delete cascade,
      session_id uuid not null,
      print jsonb not null,
      primary key (run_id, session_id)
    );

    create table plagiarism_parts (
      run_id uuid not null references plagiarism_scans (run_id) on delete cascade,
      part integer not null,
      pairs jsonb not null,
      compared integer not null,
      done boolean not null default false,
      primary key (run_id, part)
    );

    create table plagiarism_pairs (
      id uuid primary key,
      run_id uuid not null references plagiarism_scans (run_id) on delete cascade,
      exam_id uuid not null references exams (id),
      session_a uuid not null,
      session_b uuid not null,
      score double precision not null,
      p double precision,
      adjusted_p double precision,
      text_strength double precision not null default 0,
      flagged boolean not null default false,
      indices jsonb not null,
      evidence jsonb not null,
      cluster_id integer,
      state text not null default 'open' check (state in ('open', 'confirmed', 'dismissed')),
      note text not null default '',
      decided_by uuid references users (id),
      decided_at timestamptz,
      version integer not null default 1,
      unique (run_id, session_a, session_b),
      check (session_a < session_b)
    );
    create index plagiarism_pairs_score_idx on plagiarism_pairs (run_id, score, id);

    create table plagiarism_decisions (
      pair_id uuid not null references plagiarism_pairs (id) on delete cascade,
      version integer not null,
      state text not null,
      note text not null,
      decided_by uuid references users (id),
      at timestamptz not null default holdfast_now(),
      primary key (pair_id, version)
    );
  `);
}
