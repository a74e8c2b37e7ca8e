import ArrowRight from 'lucide-solid/icons/arrow-right';
import Pause from 'lucide-solid/icons/pause';
import { Show, type JSX } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';
import type { Session } from './api.ts';
import { BigTime } from './BigTime.tsx';
import { messages } from './messages.ts';

/** A session that runs already: back into it, with what is left. */
export function RunningPanel(props: { session: Session; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const leftMs = (): number => (props.session.deadlineAt === null ? props.session.remainingMs : Math.max(0, Date.parse(props.session.deadlineAt) - props.nowMs));
  return (
    <section class="Entry" aria-labelledby="entry-label">
      <div class="Entry__row">
        <div class="Entry__now">
          <h2 class="Entry__label" id="entry-label">{t('runningTitle')}</h2>
          <BigTime ms={leftMs()} />
          <div class="Start"><Button kind="primary" size="large" class="Start__button" iconEnd={ArrowRight} href={`/sit/${props.session.id}`}>{t('continueExam')}</Button></div>
        </div>
        <div class="Entry__slot">
          <Show
            when={props.session.state === 'paused'}
            fallback={<Banner title={<span class="tabular">{t('fromTo', { start: formatTime(props.session.startedAt), end: formatTime(props.session.deadlineAt ?? props.session.startedAt) })}</span>}><p>{t('runningHelp')}</p></Banner>}
          >
            <Banner tone="attention" icon={Pause} title={t('paused')}><p><Sentence text={t('pausedHelp', { time: `${Math.ceil(props.session.remainingMs / 60_000)} min` })} /></p></Banner>
          </Show>
        </div>
      </div>
    </section>
  );
}
