import type { z } from 'zod';

import type { institutionInSchema, institutionSchema } from '#contracts/reports.ts';
import { request } from '#web/lib/http.ts';

/** How the institution appears on reports, and what its exams grade with. */
export type Institution = z.output<typeof institutionSchema>;

/** Reads it. */
export function loadInstitution(signal: AbortSignal): Promise<Institution> {
  return request('GET', '/admin/institution', { signal });
}

/** Changes it. @param version the one that was changed */
export function saveInstitution(version: number, body: z.input<typeof institutionInSchema>): Promise<Institution> {
  return request('PUT', '/admin/institution', { body, ifMatch: version });
}
