import { batch, createMemo, createSignal, onCleanup, onMount, type Accessor } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import type { LiveEntry } from '#web/ui/SideNav.tsx';

import { readCounts, readExamsIn } from './api.ts';
import { liveEntry } from './live-entry.ts';
import { messages } from './messages.ts';
import type { Exam, SessionCounts } from './types.ts';

/** An exam that is open with what goes on in it. */
export interface LiveExam {
  readonly exam: Exam;
  readonly counts: SessionCounts | undefined;
}

const EVERY_MS = 15_000;
/** Exams that open within this time are announced. */
const SOON_MS = 2 * 3_600_000;
const MOST = 6;

/** Exams that run now or open within two hours, as entries of the side bar; looked at each 15 s while the page is visible. */
export function createLiveNow(): Accessor<readonly LiveEntry[]> {
  const t = useMessages(messages);
  const [live, setLive] = createSignal<readonly LiveExam[]>([]);
  const [soon, setSoon] = createSignal<readonly Exam[]>([]);
  const [nowMs, setNow] = createSignal(serverNowMs());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function look(): Promise<void> {
    clearTimeout(timer);
    if (!document.hidden) {
      // a side bar that could not be brought up to date says what it knew; the page itself tells of trouble
      const found = await Promise.all([readLive(2 * MOST), readExamsIn('published', MOST)]).catch(() => undefined);
      // at once: the list pushes what stands below it
      batch(() => {
        if (found !== undefined) {
          setLive(found[0].slice(0, MOST));
          setSoon(found[1].filter(({ window }) => window !== null && Date.parse(window.opensAt) - serverNowMs() < SOON_MS));
        }
        setNow(serverNowMs());
      });
    }
    if (!isClosed) timer = setTimeout(() => void look(), EVERY_MS);
  }

  onMount(() => {
    const onVisible = (): void => {
      if (!document.hidden) void look();
    };
    document.addEventListener('visibilitychange', onVisible);
    void look();
    onCleanup(() => {
      isClosed = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    });
  });

  const words = {
    toActOn: (count: number): string => t('toActOn', count),
    offline: (count: number): string => t('liveOffline', { count }),
    paused: (count: number): string => t('livePaused', { count }),
    allCalm: (): string => t('allCalm'),
    writingLeft: (count: number, left: string): string => t('writingLeft', count, left),
    opensAt: (time: string): string => t('opensAt', { time }),
  };
  return createMemo(() => [
    ...live().map(({ exam, counts }) => liveEntry(exam, counts, nowMs(), words)),
    ...soon().map((exam) => liveEntry(exam, undefined, nowMs(), words)),
  ]);
}

/** The open exams with their counts: those in which somebody waits first, then those that end first. */
export async function readLive(most: number): Promise<LiveExam[]> {
  const exams = await readExamsIn('open', most);
  const live = await Promise.all(exams.map(async (exam) => ({ exam, counts: await readCounts(exam.id).catch(() => undefined) })));
  const calm = ({ counts }: LiveExam): number => ((counts?.helpOpen ?? 0) > 0 ? 0 : 1);
  return live.sort((a, b) => calm(a) - calm(b) || (a.exam.window?.closesAt ?? '').localeCompare(b.exam.window?.closesAt ?? ''));
}
