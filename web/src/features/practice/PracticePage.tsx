import Check from 'lucide-solid/icons/check';
import Sprout from 'lucide-solid/icons/sprout';
import { createMemo, createSignal, For, Match, onMount, Switch, type JSX } from 'solid-js';

import { createSitting } from '#web/features/session/create-sitting.ts';
import { ExamView } from '#web/features/session/ExamView.tsx';
import { openJournal } from '#web/features/session/journal.ts';
import { readingSettings } from '#web/features/session/reading-settings.ts';
import { PlainBar } from '#web/features/session/SitBar.tsx';
import { createSit, type Panel, SitProvider, type Sit, useSit } from '#web/features/session/sit-context.ts';
import { currentUser, loadUser } from '#web/lib/auth.ts';
import { textsLoaded, useMessages } from '#web/lib/i18n.ts';
import { onServerClock, serverNowMs } from '#web/lib/server-clock.ts';
import type { Stream, StreamOptions } from '#web/lib/stream.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Link } from '#web/ui/Link.tsx';
import { messages } from './messages.ts';
import { practicePaper } from './paper.ts';
import { createPracticeApi, PRACTICE_STUDENT } from './practice-api.ts';

import '#web/features/session/sitting-page.css';
import './practice.css';

/** An exam to try the exam page with: the same page, and a platform that is only in this tab. */
export function PracticePage(): JSX.Element {
  const [round, setRound] = createSignal(0);
  // nobody need be logged in: it says where the way out leads, and its reply tells the time before the clock starts
  // the paper is built once, in the language of the page
  onMount(() => void Promise.all([loadUser().catch(() => undefined), textsLoaded(messages)]).then(() => setRound(1)));
  // another number makes another round, with nothing left of the one before
  return <For each={round() === 0 ? [] : [round()]}>{() => <Round onAgain={() => setRound(round() + 1)} />}</For>;
}

function Round(props: { onAgain: () => void }): JSX.Element {
  const t = useMessages(messages);
  const paper = createMemo(() => practicePaper((key) => t(key)));
  const practice = createPracticeApi({ paper, title: () => t('title'), nowMs: serverNowMs, storage: sessionStorage });
  let events: StreamOptions['on'] = {};
  const openStream = (options: StreamOptions): Stream => {
    events = options.on;
    return { state: () => 'live', restart: () => undefined, close: () => undefined };
  };
  const sitting = createSitting({
    sessionId: practice.sessionId, api: practice.api, openJournal, openStream, serverNowMs, onServerClock,
    loadAccountId: () => Promise.resolve(PRACTICE_STUDENT), keptAccountOf: () => Promise.resolve(PRACTICE_STUDENT),
    warnMinutes: () => readingSettings().warnMinutes,
  });
  const real = createSit(practice.sessionId, sitting);
  const sit: Sit = {
    ...real,
    show(panel: Panel) {
      if (panel !== 'help') return real.show(panel);
      real.show(null);
      events.message?.({ at: new Date(serverNowMs()).toISOString(), examId: PRACTICE_STUDENT, sessionId: practice.sessionId, id: crypto.randomUUID(), text: t('helpAnswer'), from: 'staff' });
    },
  };
  const home = (): string => (currentUser() == null ? '/login' : '/exams');
  const forget = (): void => practice.forget();
  return (
    <SitProvider value={sit}>
      <aside class="PracticeStrip" aria-label={t('title')}>
        <p><Sprout aria-hidden="true" />{t('strip')}</p>
        <Link href={home()} stands onClick={forget}>{t('leave')}</Link>
      </aside>
      <div class="SitPage" data-phase={sit.phase()} data-size={readingSettings().size} data-spacing={readingSettings().spacing} data-tint={readingSettings().tint}>
        <Switch>
          <Match when={sit.phase() === 'open'}><ExamView /></Match>
          <Match when={sit.phase() === 'ended'}>
            <End home={home()} onHome={forget} onAgain={() => {
              forget();
              props.onAgain();
            }} />
          </Match>
        </Switch>
        <p class="visually-hidden" role="status" aria-live="polite">{sit.spoken()}</p>
      </div>
    </SitProvider>
  );
}

function End(props: { home: string; onHome: () => void; onAgain: () => void }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  let heading!: HTMLHeadingElement;
  const answered = (): number => sit.items().filter((item) => sit.isAnswered(item)).length;
  onMount(() => {
    document.title = `${t('title')} · Holdfast`;
    heading.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  });
  return (
    <>
      <PlainBar title={t('title')} />
      <main class="PracticeEnd">
        <span class="PracticeEnd__badge" aria-hidden="true"><Check /></span>
        <h1 tabindex="-1" ref={heading}>{t(sit.session()?.state === 'submitted' ? 'endTitle' : 'endTimeTitle')}</h1>
        <Card>
          <p><b>{t('answered', answered(), sit.total())}</b></p>
          <p class="soft">{t('endHelp')}</p>
        </Card>
        <p class="PracticeEnd__acts">
          <Button kind="primary" size="large" href={props.home} onClick={() => props.onHome()}>{t(props.home === '/exams' ? 'home' : 'logIn')}</Button>
          <Button size="large" onClick={() => props.onAgain()}>{t('again')}</Button>
        </p>
      </main>
    </>
  );
}
