import type { Suite } from '#bench/suites/context.ts';
import { WEB_DIR } from '#tools/web/build.ts';

import { scriptsOfPage } from '../../web/build/manifest.ts';

const MAX_BYTES = 60_000;

/** JavaScript that the exam page needs before a question can be answered, in the pages as they are built here. */
export const examPageBytes: Suite = {
  names: ['exam-page-bytes'],
  students: 0,
  run: () => {
    const { bytes, files } = scriptsOfPage(WEB_DIR, 'sit/[sessionId]');
    return Promise.resolve([{ name: 'exam-page-bytes', value: bytes, unit: 'bytes of gzipped JavaScript', bar: `<= ${MAX_BYTES}`, holds: bytes <= MAX_BYTES, more: { files } }]);
  },
};
