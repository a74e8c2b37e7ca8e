import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { Plugin } from 'vite';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

const ENTRY = 'src/entry-client.tsx';

/**
 * Measures what a page needs before it can be used, the entry, the page and everything that both import, and fails the
 * build when that is too much.
 * @param route file below `src/routes`, without extension
 * @param maxBytes bytes of gzipped JavaScript
 */
export function sizeBar(route: string, maxBytes: number): Plugin {
  return {
    name: 'holdfast-size-bar',
    apply: 'build',
    buildApp: {
      order: 'post',
      handler(builder) {
        const client = join(builder.config.root, 'dist/client');
        const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
        const page = Object.keys(manifest).find((key) => key.startsWith(`src/routes/${route}.`));
        if (page === undefined) throw new Error(`There is no page ${route} to measure.`);
        const files = filesOf(manifest, [ENTRY, page]);
        const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(client, file)), { level: 9 }).length, 0);
        const said = `${route}: ${(bytes / 1_000).toFixed(1)} kB of gzipped JavaScript in ${files.length} files, at most ${(maxBytes / 1_000).toFixed(1)} kB`;
        if (bytes > maxBytes) throw new Error(`Too much for one page. ${said}`);
        builder.config.logger.info(said);
      },
    },
  };
}

function filesOf(manifest: Readonly<Record<string, Chunk>>, roots: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) return;
    seen.add(key);
    chunk.imports?.forEach(visit);
  };
  roots.forEach(visit);
  return [...seen].map((key) => manifest[key]!.file).filter((file) => file.endsWith('.js'));
}
