import { StartFailure } from '#tools/servers/failure.ts';

import { ensureWeb, WEB_DIR } from './build.ts';

// node tools/bootstrap.mjs tools/web/main.ts: builds the web app where its sources have changed, and prints where it is
try {
  await ensureWeb((line) => console.error(line));
  console.log(WEB_DIR);
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
