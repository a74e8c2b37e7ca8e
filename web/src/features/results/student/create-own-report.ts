import { type Accessor, createEffect, onCleanup } from 'solid-js';
import type { z } from 'zod';

import type { ownReportSchema } from '#contracts/reports.ts';
import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { commandKey, request } from '#web/lib/http.ts';
import { currentLanguage } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import type { ReleasedResult } from './api.ts';

/** Where the report of an own result stands. */
export type OwnReport = z.output<typeof ownReportSchema>;

const LOOK_AGAIN_MS = 1_500;

/**
 * The PDF report of an own result: asked for, waited for, there. It is looked up anew when the result or the language changes.
 * @param result the released result as the page shows it
 */
export function createOwnReport(result: Accessor<ReleasedResult>) {
  const path = (): string => `/sessions/${result().sessionId}/report`;
  // a result that changed and another language have another report
  const load = createLoad(() => ({ result: result(), locale: currentLanguage() }), ({ locale }, signal) => request<OwnReport>('GET', path(), { query: { locale }, signal }));
  const wish = createAct(async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    load.take(await request<OwnReport>('POST', path(), { body: { locale: currentLanguage(), timeZone }, key: commandKey() }));
  });
  createEffect(() => {
    if (load.value()?.state !== 'making') return;
    const timer = setInterval(load.reload, LOOK_AGAIN_MS);
    onCleanup(() => clearInterval(timer));
  });
  return {
    value: load.value,
    wish,
    /** While it was taken back the page itself says so. */
    error: (): unknown => (isProblem(load.error(), 'results-not-published') ? undefined : load.error()),
    reload: load.reload,
  };
}
