import { useSearchParams } from '@solidjs/router';
import Inbox from 'lucide-solid/icons/inbox';
import MailX from 'lucide-solid/icons/mail-x';
import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { Tabs } from '#web/ui/Tabs.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { type MailSummary, readSummary, resendAll } from './api.ts';
import { Mailbox } from './Mailbox.tsx';
import { MailHistory } from './MailHistory.tsx';
import { messages } from './messages.ts';
import { errorWord, troubleOf } from './states.ts';
import { Templates } from './Templates.tsx';

import './mail.css';

const LOOK_MS = 5_000;
const PARTS = ['history', 'templates', 'mailbox'] as const;
type Part = (typeof PARTS)[number];

/** The mails of the platform: queue, history, templates, and the mailbox of a stack without a server. */
export function MailPage(): JSX.Element {
  const t = useMessages(messages);
  const [params, setParams] = useSearchParams<{ part: string; examId: string }>();
  const [asks, setAsks] = createSignal(false);
  const [round, setRound] = createSignal(0);
  const summary = createLoad(() => true, (_all, signal) => readSummary(signal));
  createTitle(() => t('mail'));
  useShell().setBreadcrumbs(() => [{ label: t('mail') }]);
  onMount(() => {
    const timer = setInterval(() => summary.reload(), LOOK_MS);
    onCleanup(() => clearInterval(timer));
  });
  const part = (): Part => PARTS.find((one) => one === params.part) ?? 'history';
  const failed = (): number => summary.value()?.counts.failed ?? 0;

  let key = commandKey();
  async function again(): Promise<void> {
    const { queued } = await resendAll('failed', key);
    key = commandKey();
    toast(t('resentAll', { count: queued }));
    summary.reload();
    setRound(round() + 1);
  }

  return (
    <>
      <PageHeader
        title={t('mail')} sub={t('sub')}
        actions={<Show when={failed() > 0}><Button onClick={() => setAsks(true)}>{t('resendFailed', { count: failed() })}</Button></Show>}
      />
      <PageBody class="MailPage">
        <Show when={summary.value()}>{(known) => <ServerBanner summary={known()} />}</Show>
        <Tabs<Part>
          label={t('parts')} value={part()} onChange={(next) => setParams({ part: next === 'history' ? undefined : next })}
          tabs={[
            { value: 'history', label: t('history'), content: () => <MailHistory summary={summary.value()} examId={params.examId} round={round()} onChanged={summary.reload} /> },
            { value: 'templates', label: t('templates'), content: () => <Templates /> },
            { value: 'mailbox', label: t('mailbox'), content: () => <Mailbox server={summary.value()?.server} /> },
          ]}
        />
      </PageBody>
      <ConfirmDialog
        open={asks()} onClose={() => setAsks(false)} title={t('resendAllTitle', { count: failed() })} scope={t('resendAllScope')} verb={t('resendAllVerb')} busyText={t('resendAllBusy')}
        note={t('logged')} onConfirm={again}
      />
    </>
  );
}

function ServerBanner(props: { summary: MailSummary }): JSX.Element {
  const t = useMessages(messages);
  const server = (): MailSummary['server'] => props.summary.server;
  const trouble = (): ReturnType<typeof troubleOf> => troubleOf(server(), serverNowMs());
  const line = (): string => t('server.line', { sent: props.summary.sentLastMinute.toLocaleString(), queued: (props.summary.counts.queued + props.summary.counts.sending).toLocaleString() });
  return (
    <Show
      when={trouble()}
      fallback={
        <Show when={server().kind === 'mailbox'} fallback={<p class="MailPage__line soft small tabular">{t('server.smtp', { host: server().host ?? '' })} · {line()}</p>}>
          <Banner tone="info" icon={Inbox} title={t('server.mailbox')}><p>{t('server.mailboxHelp')} <span class="tabular">{line()}.</span></p></Banner>
        </Show>
      }
    >
      {(what) => (
        <Banner tone={what() === 'error' ? 'act' : 'attention'} icon={MailX} live="status" title={t(`server.${what()}`)}>
          <p>{helpOf(what())}</p>
        </Banner>
      )}
    </Show>
  );

  function helpOf(what: 'none' | 'error' | 'silent'): string {
    if (what === 'error') return t('server.errorHelp', { error: `${t(`error.${errorWord(server().error ?? '')}`)} (${server().error ?? ''})` });
    if (what === 'none') return t('server.noneHelp');
    const { seenAt } = server();
    return seenAt === null ? t('server.never') : t('server.silentHelp', { time: formatDateTime(seenAt, { seconds: true }) });
  }
}
