import type { Queryable } from '../connection.ts';

/** Figures of the platform from the database; ages in ms. */
export interface Figures {
  readonly nowMs: number;
  readonly outboxWaiting: number;
  readonly outboxOldestMs: number | null;
  readonly unsequenced: number;
  readonly sequencerLagMs: number | null;
  readonly active: number;
  readonly paused: number;
  /** Active 10 s after their cut-off: the close loops are not doing their work. */
  readonly pastCutoff: number;
  readonly openExams: number;
  readonly nextOpensAtMs: number | null;
  readonly openTimeChanges: number;
  readonly sessionWorkflows: Following;
  readonly windowWorkflows: Following;
  readonly runs: Readonly<Record<string, number>>;
  /** The last measurement against network time within a day. */
  readonly clock: { readonly offsetMs: number; readonly delayMs: number; readonly server: string; readonly atMs: number } | null;
  readonly mails: {
    /** How long the mail server has taken no mails; null while it does. */
    readonly awayMs: number | null;
    /** Of the last day. */
    readonly sent: number;
    readonly failed: number;
  };
  readonly pulses: readonly { readonly name: string; readonly beatAtMs: number; readonly data: Readonly<Record<string, unknown>> }[];
}

/** How workflows follow the rows that are not over. */
export interface Following {
  readonly following: number;
  /** The row has a version that the workflow has not seen. */
  readonly behind: number;
  /** No workflow has reported. */
  readonly missing: number;
}

interface RawFigures {
  now: Date;
  outbox_waiting: number;
  outbox_oldest: Date | null;
  unsequenced: number;
  unsequenced_oldest: Date | null;
  active: number;
  paused: number;
  past_cutoff: number;
  open_exams: number;
  next_opens_at: Date | null;
  open_time_changes: number;
  sessions: Following;
  windows: Following;
  runs: Record<string, number> | null;
  clock: Figures['clock'];
  mail_error_at: Date | null;
  mails: { sent: number; failed: number };
  pulses: { name: string; beatAtMs: number; data: Record<string, unknown> }[] | null;
}

const FOLLOWING = (table: string, key: string, version: string, rows: string): string => `
  (select jsonb_build_object(
     'following', count(*) filter (where w.seen_version >= r.${version}),
     'behind', count(*) filter (where w.seen_version < r.${version}),
     'missing', count(*) filter (where w.seen_version is null))
   from ${rows} r left join ${table} w on w.${key} = r.id)`;

const FIGURES = `
  select n.now,
    (select count(*) from outbox) as outbox_waiting,
    (select min(created_at) from outbox) as outbox_oldest,
    (select count(*) from stream_events where seq is null) as unsequenced,
    (select min(at) from stream_events where seq is null) as unsequenced_oldest,
    (select count(*) from exam_sessions where state = 'active') as active,
    (select count(*) from exam_sessions where state = 'paused') as paused,
    (select count(*) from exam_sessions where state = 'active' and cutoff_at <= n.now - interval '10 seconds') as past_cutoff,
    (select count(*) from exams where lifecycle = 'published' and cancelled_at is null and deleted_at is null and opens_at <= n.now and closes_at > n.now) as open_exams,
    (select min(opens_at) from exams where lifecycle = 'published' and cancelled_at is null and deleted_at is null and opens_at > n.now) as next_opens_at,
    (select count(*) from time_changes where done_at is null) as open_time_changes,
    ${FOLLOWING('session_workflows', 'session_id', 'version', "(select id, version from exam_sessions where state in ('active', 'paused'))")} as sessions,
    ${FOLLOWING(
      'window_workflows', 'exam_id', 'schedule_version',
      "(select id, schedule_version from exams where lifecycle = 'published' and cancelled_at is null and deleted_at is null and closes_at > n.now)",
    )} as windows,
    (select jsonb_object_agg(state, number) from (select state, count(*) as number from runs group by state) r) as runs,
    (select jsonb_build_object('offsetMs', offset_ms, 'delayMs', delay_ms, 'server', server, 'atMs', instant_ms(at))
       from clock_measurements where at > n.now - interval '1 day' order by at desc limit 1) as clock,
    (select error_at from mail_transport) as mail_error_at,
    (select jsonb_build_object('sent', count(*) filter (where state = 'sent'), 'failed', count(*) filter (where state in ('failed', 'bounced')))
       from mails where created_at > n.now - interval '1 day') as mails,
    (select jsonb_agg(jsonb_build_object('name', name, 'beatAtMs', instant_ms(beat_at), 'data', data) order by name) from pulses) as pulses
  from (select holdfast_now() as now) n`;

/** Reads the figures in one statement. */
export async function selectFigures(q: Queryable): Promise<Figures> {
  const { rows } = await q.query<RawFigures>(FIGURES);
  const row = rows[0]!;
  const nowMs = row.now.getTime();
  return {
    nowMs,
    outboxWaiting: row.outbox_waiting,
    outboxOldestMs: row.outbox_oldest === null ? null : Math.max(0, nowMs - row.outbox_oldest.getTime()),
    unsequenced: row.unsequenced,
    sequencerLagMs: row.unsequenced_oldest === null ? null : Math.max(0, nowMs - row.unsequenced_oldest.getTime()),
    active: row.active,
    paused: row.paused,
    pastCutoff: row.past_cutoff,
    openExams: row.open_exams,
    nextOpensAtMs: row.next_opens_at?.getTime() ?? null,
    openTimeChanges: row.open_time_changes,
    sessionWorkflows: row.sessions,
    windowWorkflows: row.windows,
    runs: row.runs ?? {},
    clock: row.clock,
    mails: { ...row.mails, awayMs: row.mail_error_at === null ? null : Math.max(0, nowMs - row.mail_error_at.getTime()) },
    pulses: row.pulses ?? [],
  };
}

/** What the database says about itself. */
export interface DatabaseFacts {
  readonly version: string;
  readonly sizeBytes: number;
  readonly connections: number;
  readonly maxConnections: number;
}

/** Reads version, size and connections of the server. */
export async function selectDatabaseFacts(q: Queryable): Promise<DatabaseFacts> {
  const { rows } = await q.query<{ version: string; size: number; connections: number; max_connections: number }>(
    `select current_setting('server_version') as version, pg_database_size(current_database()) as size,
            (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
            current_setting('max_connections')::int as max_connections`,
  );
  const row = rows[0]!;
  return { version: row.version, sizeBytes: row.size, connections: row.connections, maxConnections: row.max_connections };
}

/**
 * Answers that came in late or are missing from the log of revisions, in sessions that are open or were closed within the
 * last hour. Both must be 0: no change of a deadline ever moves it before a save that was accepted.
 */
export async function countBrokenPromises(q: Queryable): Promise<{ late: number; lost: number }> {
  const { rows } = await q.query<{ late: number; lost: number }>(
    `select count(*) filter (where a.saved_at >= s.cutoff_at or a.session_version >= s.closed_version) as late,
            count(*) filter (where r.session_id is null) as lost
       from exam_sessions s join answers a on a.session_id = s.id
       left join answer_revisions r on r.session_id = a.session_id and r.item_id = a.item_id and r.revision = a.revision
      where s.closed_at is null or s.closed_at > holdfast_now() - interval '1 hour'`,
  );
  return rows[0]!;
}
