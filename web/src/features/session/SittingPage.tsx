import { Navigate } from '@solidjs/router';
import SearchX from 'lucide-solid/icons/search-x';
import { createEffect, createMemo, createSignal, type JSX, Match, on, onCleanup, Switch } from 'solid-js';

import { beforeLogOut, loadUser } from '#web/lib/auth.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { onServerClock, serverNowMs } from '#web/lib/server-clock.ts';
import { createStream } from '#web/lib/stream.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { sittingApi } from './api.ts';
import { createSitting } from './create-sitting.ts';
import { ExamView } from './ExamView.tsx';
import { forgetAccount, keptAccountOf, openJournal } from './journal.ts';
import { comesLater, haveLater, laterPart, loadLater } from './later-parts.tsx';
import { messages } from './messages.ts';
import { readingSettings } from './reading-settings.ts';
import { createSaveKind } from './SaveState.tsx';
import { PlainBar } from './SitBar.tsx';
import { createSit, SitProvider, useSit } from './sit-context.ts';

import './sitting-page.css';

const RETRY_MS = 10_000;
/** For the inputs of a paper; then it is shown with those that are there. */
const PATIENCE_MS = 8_000;
const EndPage = laterPart('EndPage');

/** The page on which an exam is sat, and its end page. */
export function SittingPage(props: { sessionId: string }): JSX.Element {
  const sessionId = props.sessionId;
  const sitting = createSitting({
    sessionId, api: sittingApi, openJournal, keptAccountOf, openStream: createStream, serverNowMs, onServerClock,
    loadAccountId: () => loadUser().then((user) => user?.id ?? null),
    warnMinutes: () => readingSettings().warnMinutes,
  });
  const sit = createSit(sessionId, sitting);
  loadLater();
  onCleanup(beforeLogOut(async () => {
    const accountId = sit.session()?.studentId;
    if (accountId !== undefined) await forgetAccount(accountId);
  }));
  return (
    <SitProvider value={sit}>
      <div
        class="SitPage" data-phase={sit.phase()} data-size={readingSettings().size} data-spacing={readingSettings().spacing} data-tint={readingSettings().tint}
      >
        <Phases />
        <Spoken />
      </div>
    </SitProvider>
  );
}

function Phases(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  createEffect(on(sit.phase, (phase) => {
    if (phase !== 'failed') return;
    const timer = setTimeout(() => void sit.reload(), RETRY_MS);
    onCleanup(() => clearTimeout(timer));
  }));
  // fetched beside the paper, and shown with it: no question without its input
  const [isPatient, setPatient] = createSignal(true);
  const patience = setTimeout(() => setPatient(false), PATIENCE_MS);
  onCleanup(() => clearTimeout(patience));
  const isIncomplete = createMemo(() => isPatient() && !haveLater() && sit.items().some(({ type }) => comesLater(type)));
  return (
    <Switch>
      <Match when={sit.phase() === 'open' && !isIncomplete()}>
        <p class="SitPage__printed">{t('printed')}</p>
        <ExamView />
      </Match>
      <Match when={sit.phase() === 'ended'}><EndPage /></Match>
      <Match when={sit.phase() === 'loading' || sit.phase() === 'open'}><Loading /></Match>
      <Match when={sit.phase() === 'signed-out'}><Navigate href={`/login?next=${encodeURIComponent(location.pathname)}`} /></Match>
      <Match when={sit.phase() === 'missing'}>
        <PlainBar title={t('exam')} />
        <main class="SitPage__lone"><EmptyState heads icon={SearchX} title={t('missingTitle')} action={<Button kind="primary" href="/exams">{t('toMyExams')}</Button>}>{t('missingHelp')}</EmptyState></main>
      </Match>
      <Match when={sit.phase() === 'failed'}>
        <PlainBar title={t('exam')} />
        <main class="SitPage__lone"><ProblemView heads problem={sit.error()} title={t('failedTitle')} help={t('failedHelp')} onRetry={() => void sit.reload()} /></main>
      </Match>
    </Switch>
  );
}

function Loading(): JSX.Element {
  const t = useMessages(messages);
  return (
    <>
      <PlainBar title={t('loading')} />
      <main class="Sit" aria-busy="true">
        <div class="Sit__left" aria-hidden="true"><div class="Sit__card SitSkeleton" /></div>
        <div class="Sit__paper" aria-hidden="true"><div class="SitSkeleton__paper"><i /><i /><i /><b /><b /><b /><b /></div></div>
      </main>
    </>
  );
}

/** Saves are silent for screen readers; trouble and recovery are spoken. */
function Spoken(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const kind = createSaveKind();
  createEffect(on(kind, (now, before) => {
    if (before === undefined || sit.phase() !== 'open') return;
    const isBad = (one: string): boolean => ['offline', 'no-answer', 'signed-out'].includes(one);
    if (isBad(now) && !isBad(before)) sit.say(t('spokenOffline'));
    else if (now === 'conflict') sit.say(t('spokenConflict'));
    else if (now === 'refused') sit.say(t('spokenRefused'));
    else if (now === 'elsewhere') sit.say(t('spokenElsewhere'));
    else if (isBad(before)) sit.say(now === 'saved' || now === 'ready' ? `${t('spokenBack')} ${t('spokenAllSaved')}` : t('spokenBack'));
  }));
  return <p class="visually-hidden" role="status" aria-live="polite">{sit.spoken()}</p>;
}
