import { fileURLToPath } from 'node:url';

import { solidStart } from '@solidjs/start/config';
import { defineConfig } from 'vite';

import { apiUrl } from './build/config.ts';
import { sizeBar } from './build/size-bar.ts';
import { staticSite } from './build/static-site.ts';

/** The page that has to be light and has to open without a network. */
const EXAM_PAGE = 'sit/[sessionId]';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    // rendered in the browser only: one way to draw a page, no exam data in any HTML, no script in the shell
    solidStart({ ssr: false, devOverlay: false }),
    sizeBar(EXAM_PAGE, 60_000),
    staticSite(EXAM_PAGE),
  ],
  build: { manifest: true },
  server: { host: '127.0.0.1', port: 3000, strictPort: true, proxy: { '/api': apiUrl(), '/docs': apiUrl() } },
});
