import type { z } from 'zod';

import type { ownNoticesSchema } from '#contracts/plagiarism.ts';
import { request } from '#web/lib/http.ts';

/** A message of staff about the own answers. */
export type OwnNotice = z.output<typeof ownNoticesSchema>['items'][number];

/** The own messages, the newest first. */
export async function loadOwnNotices(signal?: AbortSignal): Promise<readonly OwnNotice[]> {
  return (await request<z.output<typeof ownNoticesSchema>>('GET', '/auth/me/notices', signal === undefined ? {} : { signal })).items;
}

/** Notes that a message was read. */
export function markRead(noticeId: string, key: string): Promise<unknown> {
  return request('POST', `/auth/me/notices/${noticeId}/read`, { key });
}
