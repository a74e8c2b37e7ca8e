import Check from 'lucide-solid/icons/check';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import ClockIcon from 'lucide-solid/icons/clock';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Eye from 'lucide-solid/icons/eye';
import HardDrive from 'lucide-solid/icons/hard-drive';
import MessageSquare from 'lucide-solid/icons/message-square';
import Play from 'lucide-solid/icons/play';
import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, Show } from 'solid-js';

import { formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import type { Icon, Tone } from '#web/ui/icon.ts';

import { createQuiet } from './create-quiet.ts';
import { messages } from './messages.ts';
import { createSaveKind } from './SaveState.tsx';
import { useSit } from './sit-context.ts';
import type { Notice } from './sitting-types.ts';

const LOOKS: Readonly<Record<Notice['kind'], { tone: Tone; icon: Icon }>> = {
  time: { tone: 'info', icon: ClockIcon }, resumed: { tone: 'info', icon: Play }, reopened: { tone: 'info', icon: ClockIcon },
  message: { tone: 'info', icon: MessageSquare }, warning: { tone: 'neutral', icon: ClockIcon }, cancelled: { tone: 'act', icon: CircleAlert },
};

/** What the student should know, beside the paper; nothing here takes the focus, and nothing new comes while somebody types. */
export function Notices(): JSX.Element {
  const sit = useSit();
  const shown = createQuiet(sit.notices, sit.lastTypedMs);
  const kind = createSaveKind();
  // a text that can be corrected is shown at its question
  const earlier = createMemo(() => sit.refused().filter(({ itemId }) => sit.answers.view(itemId).status !== 'refused').length);
  const isCutOff = createMemo(() => kind() === 'offline' || kind() === 'no-answer' || kind() === 'signed-out');
  return (
    <aside class="Sit__notices" aria-label={useMessages(messages)('notices')}>
      <Show when={sit.role() === 'reader'}><ReadOnlyNotice /></Show>
      <Show when={isCutOff() && sit.role() === 'writer'}><CutOffNotice /></Show>
      <Show when={!sit.isDurable() && sit.role() === 'writer'}><MemoryNotice /></Show>
      <Show when={earlier() > 0}><EarlierNotice count={earlier()} /></Show>
      <div class="Sit__live" aria-live="polite"><For each={shown()}>{(notice) => <NoticeBanner notice={notice} />}</For></div>
    </aside>
  );
}

function NoticeBanner(props: { notice: Notice }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const text = createMemo(() => wordsOf(props.notice, t as never, sit.answers.summary().unsent));
  const dismiss = (): void => sit.dismiss(props.notice.id);
  return (
    <Banner
      tone={LOOKS[props.notice.kind].tone} icon={LOOKS[props.notice.kind].icon} title={text().title} by={text().by}
      actions={props.notice.kind === 'warning' ? undefined : (
        <>
          <Button icon={Check} onClick={dismiss}>{t(props.notice.kind === 'message' ? 'seenIt' : 'haveSeen')}</Button>
          <Show when={props.notice.kind === 'message'}><Button kind="quiet" onClick={() => sit.show('help')}>{t('reply')}</Button></Show>
        </>
      )}
      {...(props.notice.kind === 'warning' ? { onClose: dismiss } : {})}
    >
      <Show when={text().body}>{(body) => <p dir="auto">{body()}</p>}</Show>
    </Banner>
  );
}

type Words = (key: string, ...values: unknown[]) => string;

function wordsOf(notice: Notice, t: Words, unsent: number): { title: string; body?: string; by?: string } {
  const by = t('byStaff', { time: formatTime(notice.at) });
  const because = (reason: string | null): string => (reason === null || reason === '' ? '' : `: ${reason}`);
  const endsAt = (at: string | null): string => (at === null ? t('whilePaused') : t('nowEnds', { time: formatTime(at, { seconds: new Date(at).getSeconds() !== 0 }) }));
  switch (notice.kind) {
    case 'time': {
      const length = formatDuration(Math.abs(notice.deltaMs));
      return { title: t(notice.deltaMs >= 0 ? 'timeAdded' : 'timeTaken', { length }) + because(notice.reason), body: endsAt(notice.deadlineAt), by };
    }
    case 'resumed': return { title: t('resumedTitle'), body: `${t('pausedFor', { length: formatDuration(notice.pausedMs) })} ${endsAt(notice.deadlineAt)}`, by };
    case 'reopened': return { title: t('reopenedTitle') + because(notice.reason), body: endsAt(notice.deadlineAt), by };
    case 'message': return { title: t(notice.from === 'teacher' ? 'messageTeacher' : notice.from === 'proctor' ? 'messageProctor' : 'messageStaff'), body: notice.text, by: formatTime(notice.at) };
    case 'warning': return { title: t('minutesLeft', notice.minutes), body: unsent > 0 ? t('handedInByItselfUnsent', unsent) : t('handedInByItself') };
    case 'cancelled': return { title: t('examCancelled') + because(notice.reason), by };
  }
}

function ReadOnlyNotice(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const [isBusy, setBusy] = createSignal(false);
  const take = (): void => {
    setBusy(true);
    void sit.takeOver().finally(() => setBusy(false));
  };
  return (
    <Banner tone="attention" icon={Eye} title={t('elsewhereTitle')} live="status" actions={<Button kind="primary" busy={isBusy()} busyText={t('opening')} onClick={take}>{t('writeHere')}</Button>}>
      <p>{t('elsewhereHelp')}</p>
    </Banner>
  );
}

function CutOffNotice(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const kind = createSaveKind();
  const [left, setLeft] = createSignal(0);
  const [isHidden, setHidden] = createSignal(false);
  createEffect(on(sit.answers.link, ({ retryAtMs }) => {
    const count = (): number => setLeft(Math.max(0, Math.ceil((retryAtMs - performance.now()) / 1_000)));
    count();
    const timer = setInterval(count, 1_000);
    onCleanup(() => clearInterval(timer));
  }));
  const unsent = (): number => sit.answers.summary().unsent;
  const isOut = (): boolean => kind() === 'signed-out';
  return (
    <Show when={!isHidden()}>
      <Banner
        tone="attention" icon={isOut() ? CircleAlert : CloudOff} title={t(isOut() ? 'loggedOut' : kind() === 'offline' ? 'noConnection' : 'noAnswer')} onClose={() => setHidden(true)}
        actions={isOut()
          ? <Button href={`/login?next=${encodeURIComponent(location.pathname)}`} target="_blank">{t('logInAgain')}</Button>
          : <Button class="Sit__only-wide" onClick={() => sit.answers.retry()}>{t('tryNow')}</Button>}
      >
        <p>{t(isOut() ? 'loggedOutHelp' : 'offlineHelp')}</p>
        <p class="Sit__only-wide"><Show when={unsent() > 0}><b>{t('answersWaiting', unsent())}</b> </Show><span aria-hidden="true">{left() > 0 ? t('tryingIn', { seconds: String(left()) }) : t('tryingNow')}</span></p>
      </Banner>
    </Show>
  );
}

function EarlierNotice(props: { count: number }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  return <Banner tone="attention" icon={CircleAlert} title={t('earlierTexts', props.count)} actions={<Button onClick={() => sit.show('refused')}>{t('showTexts')}</Button>} />;
}

function MemoryNotice(): JSX.Element {
  const t = useMessages(messages);
  return <Banner tone="attention" icon={HardDrive} title={t('memoryTitle')}><p>{t('memoryHelp')}</p></Banner>;
}
