import { formatClock, formatTime } from '#web/lib/format.ts';
import type { LiveEntry } from '#web/ui/SideNav.tsx';

import type { Exam, SessionCounts } from './types.ts';

/** Words for the entries of the side bar. */
export interface LiveWords {
  toActOn(count: number): string;
  offline(count: number): string;
  paused(count: number): string;
  allCalm(): string;
  writingLeft(count: number, left: string): string;
  opensAt(time: string): string;
}

/** The line of an exam in "Live now". */
export function liveEntry(exam: Pick<Exam, 'id' | 'title' | 'state' | 'window'>, counts: SessionCounts | undefined, nowMs: number, words: LiveWords): LiveEntry {
  const href = `/staff/exams/${exam.id}/monitor`;
  const { window } = exam;
  if (exam.state === 'published') {
    const time = window === null ? '' : formatTime(window.opensAt);
    return { href, name: exam.title, note: time, sub: words.opensAt(time), tone: 'quiet' };
  }
  const toAct = counts?.helpOpen ?? 0;
  // minutes are enough here, and seconds would never stand still in the corner of the eye
  const leftMs = window === null ? 0 : Math.ceil((Date.parse(window.closesAt) - nowMs) / 60_000) * 60_000;
  const left = leftMs > 0 ? formatClock(leftMs).replace(/:00$/, leftMs >= 3_600_000 ? '' : ' min') : '';
  const writing = (counts?.active ?? 0) + (counts?.paused ?? 0);
  if (counts === undefined) return { href, name: exam.title, tone: 'done', note: '' };
  const sub = words.writingLeft(writing, left);
  if (toAct > 0) return { href, name: exam.title, tone: 'act', note: words.toActOn(toAct), sub };
  if (counts.offline > 0) return { href, name: exam.title, tone: 'attention', note: words.offline(counts.offline), sub };
  if (counts.paused > 0) return { href, name: exam.title, tone: 'attention', note: words.paused(counts.paused), sub };
  return { href, name: exam.title, tone: 'done', note: words.allCalm(), sub };
}
