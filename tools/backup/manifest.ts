import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { StartFailure } from '#tools/servers/failure.ts';

/** Name of the file that makes a folder a backup; it is written last. */
export const MANIFEST = 'manifest.json';

/** Layout of a backup; a release refuses what it does not know. */
export const BACKUP_FORMAT = 1;

// a damaged manifest must not lead out of the folder
const pathSchema = z.string().regex(/^[^/]/).refine((path) => !path.split('/').some((part) => ['', '.', '..'].includes(part)), 'leads out of the folder');

const fileSchema = z.object({ path: pathSchema, size: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const manifestSchema = z.object({
  product: z.literal('holdfast'),
  format: z.literal(BACKUP_FORMAT),
  /** Everything that was acknowledged before this instant is in the backup. */
  takenAt: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  /** The files of a database fit the kind of machine that wrote them. */
  platform: z.string(),
  postgres: z.object({ version: z.string(), major: z.string() }),
  /** Last migration of the application's database. */
  schema: z.string(),
  wal: z.object({ timeline: z.int(), start: z.string(), end: z.string(), files: z.array(z.string()) }),
  bytes: z.int().nonnegative(),
  folders: z.array(pathSchema),
  files: z.array(fileSchema),
});

/** What a backup says about itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** One file of a backup; its path is below the folder of the backup, with slashes. */
export type StoredFile = z.infer<typeof fileSchema>;

/** The machine that this process runs on, as far as files of a database depend on it. */
export const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * Reads the manifest of a backup.
 * @throws StartFailure when the folder is no backup, a damaged one, or one of a newer release
 */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) throw new StartFailure(`${folder} is not a backup: it has no ${MANIFEST}, which is written when everything else is there.`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartFailure(`${file} is damaged (${(error as Error).message}): take another backup.`);
  }
  const format = typeof content === 'object' && content !== null && 'format' in content ? content.format : undefined;
  if (typeof format === 'number' && format > BACKUP_FORMAT) {
    throw new StartFailure(`The backup ${folder} was made by a newer release of Holdfast (format ${format}, this release knows ${BACKUP_FORMAT}): restore it with that release.`);
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new StartFailure(`${file} is damaged (${path.join('.')}: ${message}): take another backup.`);
}
