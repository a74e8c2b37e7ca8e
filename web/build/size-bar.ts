import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { Plugin } from 'vite';

import { filesOfPage } from './manifest.ts';

/**
 * Measures the JavaScript that a page needs before it can be used, and fails the build when that is too much.
 * @param route file below `src/routes`, without extension
 * @param maxBytes bytes of gzipped JavaScript
 */
export function sizeBar(route: string, maxBytes: number): Plugin {
  return {
    name: 'holdfast-size-bar',
    apply: 'build',
    buildApp: {
      order: 'post',
      handler: (builder) => {
        const client = join(builder.config.root, 'dist/client');
        const files = filesOfPage(client, route).filter((file) => file.endsWith('.js'));
        const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(client, file)), { level: 9 }).length, 0);
        const said = `${route}: ${(bytes / 1_000).toFixed(1)} kB of gzipped JavaScript in ${files.length} files, at most ${(maxBytes / 1_000).toFixed(1)} kB`;
        if (bytes > maxBytes) throw new Error(`Too much for one page. ${said}`);
        builder.config.logger.info(said);
        return Promise.resolve();
      },
    },
  };
}
