import { type GradeBand, institutionScale } from '#domain/grading/scale.ts';
import { Refusal } from '#domain/problem.ts';
import { contrastWithPaper, LEAST_CONTRAST } from '#domain/report/contrast.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';

/** How the institution appears on reports, and what its exams grade with. */
export interface Institution {
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly logoMediaId: string | null;
  /** Lines below its name. */
  readonly address: string;
  /** At the foot of every page. */
  readonly footer: string;
  /** How long reports are kept, days. */
  readonly reportDays: number;
  /** Of exams without a scale of their own that are published now. */
  readonly letters: readonly GradeBand[];
  readonly version: number;
}

interface RawInstitution {
  name: string;
  colour: string;
  logo_media_id: string | null;
  address: string;
  footer: string;
  report_days: number;
  letters: GradeBand[] | null;
  version: number;
}

/** Every report carries it. */
const MAX_LOGO_BYTES = 1_000_000;

const COLUMNS = `name, colour, logo_media_id, address, footer, report_days, version,
  (select bands from institution_letters order by number desc limit 1) as letters`;

/** Reads how the institution appears; it always does somehow. */
export async function selectInstitution(q: Queryable): Promise<Institution> {
  const { rows } = await q.query<RawInstitution>(`select ${COLUMNS} from institution`);
  return toInstitution(rows[0]!);
}

/** Reads it for a change: a second change waits here for the first. */
export async function lockInstitution(tx: Queryable): Promise<Institution> {
  const { rows } = await tx.query<RawInstitution>(`select ${COLUMNS} from institution for update`);
  return toInstitution(rows[0]!);
}

/**
 * Changes how the institution appears on the reports that are made from now on, and the letters of the exams that are published
 * from now on: those that are out keep theirs.
 * @throws validation-failed for a logo that is no PNG or JPEG or too large, and for a colour that can not be read on paper
 */
export async function updateInstitution(tx: Queryable, origin: Origin, change: Omit<Institution, 'version'>): Promise<Institution> {
  const before = await selectInstitution(tx);
  demandContrast(change.colour);
  if (change.logoMediaId !== null) await demandImage(tx, change.logoMediaId);
  if (!haveSameGrades(before.letters, change.letters)) {
    await tx.query('insert into institution_letters (bands, created_by) values ($1, $2)', [JSON.stringify(change.letters), origin.actorId]);
  }
  await tx.query(
    'update institution set name = $1, colour = $2, logo_media_id = $3, address = $4, footer = $5, report_days = $6, version = version + 1',
    [change.name, change.colour, change.logoMediaId, change.address, change.footer, change.reportDays],
  );
  await insertAudit(tx, origin, { action: 'institution.change', resourceType: 'institution', before, after: change });
  return await selectInstitution(tx);
}

/** The bytes of the logo: their hash and media type; undefined without one. */
export async function selectLogo(q: Queryable): Promise<{ readonly sha256: string; readonly mediaType: string } | undefined> {
  const { rows } = await q.query<{ sha256: string; media_type: string }>('select m.sha256, m.media_type from institution i join media m on m.id = i.logo_media_id');
  return rows[0] === undefined ? undefined : { sha256: rows[0].sha256, mediaType: rows[0].media_type };
}

async function demandImage(tx: Queryable, mediaId: string): Promise<void> {
  const { rows } = await tx.query<{ media_type: string; size_bytes: string }>('select media_type, size_bytes from media where id = $1', [mediaId]);
  const [medium] = rows;
  if (medium !== undefined && ['image/png', 'image/jpeg'].includes(medium.media_type) && Number(medium.size_bytes) <= MAX_LOGO_BYTES) return;
  throw new Refusal('validation-failed', 'The logo is no PNG or JPEG of at most 1 MB that was uploaded.', { errors: [{ pointer: '/logoMediaId', message: 'must be an uploaded PNG or JPEG of at most 1 MB' }] });
}

function demandContrast(colour: string): void {
  const ratio = contrastWithPaper(colour);
  if (ratio >= LEAST_CONTRAST) return;
  throw new Refusal('validation-failed', 'The colour can not be read on white paper.', {
    errors: [{ pointer: '/colour', message: `has a contrast of ${ratio.toFixed(2)}:1 with white; it must be at least ${LEAST_CONTRAST}:1` }],
  });
}

function haveSameGrades(some: readonly GradeBand[], others: readonly GradeBand[]): boolean {
  return some.length === others.length && some.every(({ label, from }, index) => label === others[index]!.label && Number(from) === Number(others[index]!.from));
}

function toInstitution(row: RawInstitution): Institution {
  const { name, colour, logo_media_id: logoMediaId, address, footer, report_days: reportDays, version } = row;
  return { name, colour, logoMediaId, address, footer, reportDays, version, letters: institutionScale(row.letters).bands };
}
