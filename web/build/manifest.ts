import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

const ENTRY = 'src/entry-client.tsx';

/**
 * The files that a page needs before it can be used: the entry, the page and all that both import, with their styles and fonts.
 * @param client folder of the built pages
 * @param route file below `src/routes`, without extension
 * @param later modules that come after that and are counted too
 */
export function filesOfPage(client: string, route: string, later?: RegExp): string[] {
  const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const page = Object.keys(manifest).find((key) => key.startsWith(`src/routes/${route}.`));
  if (page === undefined) throw new Error(`There is no page ${route}.`);
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key) || manifest[key] === undefined) return;
    seen.add(key);
    manifest[key].imports?.forEach(visit);
    if (later !== undefined) manifest[key].dynamicImports?.filter((part) => later.test(part)).forEach(visit);
  };
  [ENTRY, page].forEach(visit);
  return [...new Set([...seen].flatMap((key) => [manifest[key]!.file, ...(manifest[key]!.css ?? []), ...(manifest[key]!.assets ?? [])]))];
}

/**
 * How much JavaScript a page needs before it can be used.
 * @returns bytes, each file gzipped, and the number of files
 */
export function scriptsOfPage(client: string, route: string): { bytes: number; files: number } {
  const files = filesOfPage(client, route).filter((file) => file.endsWith('.js'));
  return { bytes: files.reduce((sum, file) => sum + gzipSync(readFileSync(join(client, file)), { level: 9 }).length, 0), files: files.length };
}
