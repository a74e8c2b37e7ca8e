import type Koa from 'koa';

import type { ReportFile } from '#db/reports/rows.ts';

import { readReport } from './files.ts';

/** Answers with the bytes of a report. @throws unavailable */
export async function sendPdf(ctx: Koa.Context, report: ReportFile, dataDir: string): Promise<void> {
  const body = await readReport(dataDir, report.sha256);
  ctx.status = 200;
  ctx.set(headersOf(report.fileName));
  ctx.body = body;
  ctx.set('Content-Type', 'application/pdf');
}

/** Always a download, and no shared computer keeps it. */
export function headersOf(fileName: string): Record<string, string> {
  const name = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return {
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
  };
}
