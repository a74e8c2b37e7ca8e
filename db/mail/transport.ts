import type { Queryable } from '../connection.ts';

/** What the sender of mails last said of itself. */
export interface MailTransport {
  /** `none`: no server is set; `mailbox`: the one that stands in for a server. */
  readonly kind: 'none' | 'mailbox' | 'smtp';
  /** Where the server is; never a password. */
  readonly host: string | null;
  /** When a sender last looked for work; null: never. */
  readonly seenAtMs: number | null;
  readonly sentAtMs: number | null;
  /** Why no mail gets through; null while they do. */
  readonly error: string | null;
  readonly errorAtMs: number | null;
}

/** What the sender says: who it is, and how it goes. */
export interface TransportNews extends Pick<MailTransport, 'kind' | 'host' | 'error'> {
  /** A mail was taken by the server. */
  readonly sent: boolean;
}

/** Writes down how sending goes. */
export async function noteTransport(q: Queryable, { kind, host, sent, error }: TransportNews): Promise<void> {
  await q.query(
    `update mail_transport set kind = $1, host = $2, seen_at = holdfast_now(), sent_at = case when $3 then holdfast_now() else sent_at end,
            error = $4, error_at = case when $4::text is null then null when error is null then holdfast_now() else error_at end`,
    [kind, host, sent, error],
  );
}

/** Reads how sending goes. */
export async function selectTransport(q: Queryable): Promise<MailTransport> {
  const { rows } = await q.query<{ kind: MailTransport['kind']; host: string | null; seen_at: Date | null; sent_at: Date | null; error: string | null; error_at: Date | null }>(
    'select kind, host, seen_at, sent_at, error, error_at from mail_transport',
  );
  const row = rows[0]!;
  return {
    kind: row.kind, host: row.host, seenAtMs: row.seen_at?.getTime() ?? null, sentAtMs: row.sent_at?.getTime() ?? null, error: row.error,
    errorAtMs: row.error_at?.getTime() ?? null,
  };
}
