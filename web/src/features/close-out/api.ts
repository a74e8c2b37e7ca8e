import type { z } from 'zod';

import type { closeOutSchema } from '#contracts/time-changes.ts';
import { request } from '#web/lib/http.ts';

/** The close-out certificate of an exam. */
export type CloseOut = z.output<typeof closeOutSchema>;

/** Draws the certificate of an exam up as it stands. */
export function loadCloseOut(examId: string, signal: AbortSignal): Promise<CloseOut> {
  return request('GET', `/exams/${examId}/close-out`, { signal });
}
