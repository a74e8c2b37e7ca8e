import Hourglass from 'lucide-solid/icons/hourglass';
import Pause from 'lucide-solid/icons/pause';
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';

import { formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';

import { createTimeWords } from './Clock.tsx';
import { laterMessages as messages } from './later-messages.ts';
import { SaveCopy } from './SaveCopy.tsx';
import { useSit } from './sit-context.ts';

import './cover.css';

/** Stands in the place of the paper during a pause. */
export function PauseCover(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const left = createTimeWords();
  const [nowMs, setNow] = createSignal(serverNowMs());
  let heading!: HTMLHeadingElement;
  const timer = setInterval(() => setNow(serverNowMs()), 1_000);
  onCleanup(() => clearInterval(timer));
  onMount(() => heading.focus({ preventScroll: true }));
  const since = (): string => sit.session()?.pausedAt ?? new Date(nowMs()).toISOString();
  const unsent = (): number => sit.answers.summary().unsent;
  return (
    <section class="Cover" aria-labelledby="cover-title">
      <span class="Cover__badge"><Pause /></span>
      <h1 id="cover-title" tabindex="-1" ref={heading}>{t('pausedTitle')}</h1>
      <p><Show when={sit.pauseReason()}>{(reason) => <b dir="auto">{reason()}. </b>}</Show>{t('pausedHelp')}</p>
      <dl class="Cover__facts">
        <dt>{t('pausedSince')}</dt><dd>{formatTime(since(), { seconds: true })}</dd>
        <dt>{t('pausedLength')}</dt><dd>{t('soFar', { length: formatDuration(Math.max(0, nowMs() - Date.parse(since()))) })}</dd>
        <dt>{t('timeLeft')}</dt><dd>{t('staysSo', { left: left() })}</dd>
      </dl>
      <p class="soft small">{unsent() > 0 ? t('pausedUnsent', unsent()) : t('pausedSaved')} {t('pausedOpens')}</p>
    </section>
  );
}

/** Stands in the place of the paper between the end of the time and the end of the session. */
export function TimeUpCover(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  let heading!: HTMLHeadingElement;
  onMount(() => heading.focus({ preventScroll: true }));
  const unsent = (): number => sit.answers.summary().unsent;
  return (
    <section class="Cover" aria-labelledby="cover-title">
      <span class="Cover__badge"><Hourglass /></span>
      <h1 id="cover-title" tabindex="-1" ref={heading}>{t('timeUpTitle')}</h1>
      <Show when={unsent() > 0} fallback={<p>{t('timeUpSaved')}</p>}>
        <p><b>{t('timeUpUnsent', unsent())}</b> {t('keepOpen')}</p>
        <SaveCopy />
      </Show>
      <p class="soft small">{t('timeUpNext')}</p>
    </section>
  );
}
