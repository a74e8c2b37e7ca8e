import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { build, type Plugin } from 'vite';

import { filesOfPage } from './manifest.ts';

const COMPRESSED = /\.(css|html|js|json|svg|webmanifest)$/;
/** What the exam page fetches when its first picture is there, and the texts of another language. */
const LATER = /^src\/features\/session\/|messages\.de\.ts$/;
/** Below this a compressed file saves no packet. */
const MIN_BYTES = 1_024;

/**
 * After the build: renders the one HTML page (with `ssr: false` SolidStart writes none), builds the service worker and puts
 * compressed siblings beside what compresses.
 * @param offlineRoute the page that has to open without a network
 */
export function staticSite(offlineRoute: string): Plugin {
  return {
    name: 'holdfast-static-site',
    apply: 'build',
    buildApp: {
      order: 'post',
      async handler(builder) {
        const { root } = builder.config;
        const client = join(root, 'dist/client');
        const entry = (await import(pathToFileURL(join(root, 'dist/server/entry-server.js')).href)) as { default: { fetch(request: Request): Promise<Response> } };
        const page = await entry.default.fetch(new Request('http://localhost/'));
        writeFileSync(join(client, 'index.html'), await page.text());
        await buildServiceWorker(root, client, offlineRoute);
        for (const file of readdirSync(client, { recursive: true, encoding: 'utf8' })) {
          if (COMPRESSED.test(file) && !file.startsWith('.vite')) compress(join(client, file));
        }
      },
    },
  };
}

async function buildServiceWorker(root: string, client: string, offlineRoute: string): Promise<void> {
  // letters that our pages do not use come when somebody writes them
  const files = filesOfPage(client, offlineRoute, LATER).filter((file) => !/-ext-|italic/.test(file));
  const precache = ['/index.html', '/mark.svg', ...files.map((file) => `/${file}`)];
  const release = createHash('sha256').update(readFileSync(join(client, 'index.html'))).update(precache.join('\n')).digest('hex').slice(0, 16);
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    define: { PRECACHE: JSON.stringify(precache), RELEASE: JSON.stringify(release) },
    build: { outDir: client, emptyOutDir: false, rolldownOptions: { input: join(root, 'sw/sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } } },
  });
}

function compress(file: string): void {
  const bytes = readFileSync(file);
  if (bytes.length < MIN_BYTES) return;
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
