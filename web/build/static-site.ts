import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import type { Plugin } from 'vite';

const COMPRESSED = /\.(css|html|js|json|svg|webmanifest)$/;
/** Below this a compressed file saves no packet. */
const MIN_BYTES = 1_024;

/**
 * After the build: renders the one HTML page (with `ssr: false` SolidStart writes none) and puts compressed siblings
 * beside what compresses.
 */
export function staticSite(): Plugin {
  return {
    name: 'holdfast-static-site',
    apply: 'build',
    buildApp: {
      order: 'post',
      async handler(builder) {
        const client = join(builder.config.root, 'dist/client');
        const entry = (await import(pathToFileURL(join(builder.config.root, 'dist/server/entry-server.js')).href)) as { default: { fetch(request: Request): Promise<Response> } };
        const page = await entry.default.fetch(new Request('http://localhost/'));
        writeFileSync(join(client, 'index.html'), await page.text());
        for (const file of readdirSync(client, { recursive: true, encoding: 'utf8' })) {
          if (COMPRESSED.test(file) && !file.startsWith('.vite')) compress(join(client, file));
        }
      },
    },
  };
}

function compress(file: string): void {
  const bytes = readFileSync(file);
  if (bytes.length < MIN_BYTES) return;
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
