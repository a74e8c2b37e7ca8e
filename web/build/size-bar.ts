import { join } from 'node:path';

import type { Plugin } from 'vite';

import { scriptsOfPage } from './manifest.ts';

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
        const { bytes, files } = scriptsOfPage(join(builder.config.root, 'dist/client'), route);
        const said = `${route}: ${(bytes / 1_000).toFixed(1)} kB of gzipped JavaScript in ${files} files, at most ${(maxBytes / 1_000).toFixed(1)} kB`;
        if (bytes > maxBytes) throw new Error(`Too much for one page. ${said}`);
        builder.config.logger.info(said);
        return Promise.resolve();
      },
    },
  };
}
