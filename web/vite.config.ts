import { fileURLToPath } from 'node:url';

import { solidStart } from '@solidjs/start/config';
import { defineConfig } from 'vite';

import { filesFor } from './build/chunks.ts';
import { apiUrl } from './build/config.ts';
import { leanRoutes } from './build/lean-routes.ts';
import { sizeBar } from './build/size-bar.ts';
import { staticSite } from './build/static-site.ts';

/** The page that has to be light and has to open without a network. */
const EXAM_PAGE = 'sit/[sessionId]';
/** What only it needs; the settings are chosen on other pages too. */
const ONLY_EXAM = /[\\/]src[\\/]features[\\/]session[\\/](?!reading-settings)/;
const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  plugins: [
    // rendered in the browser only: one way to draw a page, no exam data in any HTML, no script in the shell
    solidStart({ ssr: false, devOverlay: false, solid: { solid: { hydratable: false } } }),
    leanRoutes(),
    sizeBar(EXAM_PAGE, 60_000),
    staticSite(EXAM_PAGE),
  ],
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [{ name: filesFor(root, EXAM_PAGE, 'exam', ONLY_EXAM) }] } } } } } },
  build: {
    manifest: true,
    // the list of everything that every page needs would be in the first file; styles are still fetched together with their page
    modulePreload: { polyfill: false, resolveDependencies: (_file, files) => files.filter((file) => file.endsWith('.css')) },
  },
  server: { host: '127.0.0.1', port: 3000, strictPort: true, proxy: { '/api': apiUrl(), '/docs': apiUrl(), '/readyz': apiUrl() } },
});
