import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';

/** How the institution appears on reports. */
export interface Institution {
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly logoMediaId: string | null;
  /** How long reports are kept, days. */
  readonly reportDays: number;
  readonly version: number;
}

interface RawInstitution {
  name: string;
  colour: string;
  logo_media_id: string | null;
  report_days: number;
  version: number;
}

const COLUMNS = 'name, colour, logo_media_id, report_days, version';

/** Reads how the institution appears; it always does somehow. */
export async function selectInstitution(q: Queryable): Promise<Institution> {
  const { rows } = await q.query<RawInstitution>(`select ${COLUMNS} from institution`);
  return toInstitution(rows[0]!);
}

/**
 * Changes how the institution appears on the reports that are made from now on.
 * @throws validation-failed for a logo that is no PNG or JPEG
 */
export async function updateInstitution(tx: Queryable, origin: Origin, change: Omit<Institution, 'version'>): Promise<Institution> {
  const before = await selectInstitution(tx);
  if (change.logoMediaId !== null) await demandImage(tx, change.logoMediaId);
  const { rows } = await tx.query<RawInstitution>(
    `update institution set name = $1, colour = $2, logo_media_id = $3, report_days = $4, version = version + 1 returning ${COLUMNS}`,
    [change.name, change.colour, change.logoMediaId, change.reportDays],
  );
  await insertAudit(tx, origin, { action: 'institution.change', resourceType: 'institution', before, after: change });
  return toInstitution(rows[0]!);
}

/** Reads it for a change: a second change waits here for the first. */
export async function lockInstitution(tx: Queryable): Promise<Institution> {
  const { rows } = await tx.query<RawInstitution>(`select ${COLUMNS} from institution for update`);
  return toInstitution(rows[0]!);
}

/** The bytes of the logo: their hash and media type; undefined without one. */
export async function selectLogo(q: Queryable): Promise<{ readonly sha256: string; readonly mediaType: string } | undefined> {
  const { rows } = await q.query<{ sha256: string; media_type: string }>('select m.sha256, m.media_type from institution i join media m on m.id = i.logo_media_id');
  return rows[0] === undefined ? undefined : { sha256: rows[0].sha256, mediaType: rows[0].media_type };
}

async function demandImage(tx: Queryable, mediaId: string): Promise<void> {
  const { rows } = await tx.query<{ media_type: string }>('select media_type from media where id = $1', [mediaId]);
  if (rows[0]?.media_type === 'image/png' || rows[0]?.media_type === 'image/jpeg') return;
  throw new Refusal('validation-failed', 'The logo is no PNG or JPEG that was uploaded.', { errors: [{ pointer: '/logoMediaId', message: 'must be an uploaded PNG or JPEG' }] });
}

function toInstitution(row: RawInstitution): Institution {
  return { name: row.name, colour: row.colour, logoMediaId: row.logo_media_id, reportDays: row.report_days, version: row.version };
}
