import { createSignal, Show, type JSX } from 'solid-js';

import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Drawer } from '#web/ui/Drawer.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { type Mail, resendMail } from './api.ts';
import { messages } from './messages.ts';
import { STATE_LOOK } from './states.ts';

/** Everything that is known about one mail, and what can be done about it. */
export function MailDrawer(props: { mail: Mail | undefined; onClose: () => void; onChange: (mail: Mail) => void }): JSX.Element {
  return <Show when={props.mail?.id} keyed>{(_id) => <Details mail={props.mail!} onClose={props.onClose} onChange={props.onChange} />}</Show>;
}

function Details(props: { mail: Mail; onClose: () => void; onChange: (mail: Mail) => void }): JSX.Element {
  const t = useMessages(messages);
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  let key = commandKey();
  const isMoving = (): boolean => props.mail.state === 'queued' || props.mail.state === 'sending';

  async function resend(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      props.onChange(await resendMail(props.mail.id, key));
      key = commandKey();
      toast(t('resent'));
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Drawer
      open takesFocus onClose={() => props.onClose()} title={t(`template.${props.mail.template}`)} sub={props.mail.recipient.name}
      footer={<Button kind="primary" disabled={isMoving()} title={isMoving() ? t('onItsWay') : undefined} busy={isBusy()} busyText={t('resendAllBusy')} onClick={() => void resend()}>{t('resend')}</Button>}
    >
      <div class="stack">
        <div><Badge tone={STATE_LOOK[props.mail.state].tone} icon={STATE_LOOK[props.mail.state].icon}>{t(`state.${props.mail.state}`)}</Badge></div>
        <Show when={props.mail.reason}>{(reason) => <Notice tone={STATE_LOOK[props.mail.state].tone}>{t(`reason.${reason()}`)}</Notice>}</Show>
        <Show when={problem()}>{(thrown) => <ProblemView compact problem={thrown()} />}</Show>
        <Facts
          items={[
            [t('address'), () => <span class="MailDrawer__long">{props.mail.recipient.email}</span>],
            [t('exam'), props.mail.exam?.title],
            [t('queuedAt'), formatDateTime(props.mail.createdAt, { seconds: true })],
            [t('tries'), String(props.mail.attempts)],
            [t('nextTry'), props.mail.nextTryAt === null ? null : formatDateTime(props.mail.nextTryAt, { seconds: true })],
            [t('sentAt'), props.mail.sentAt === null ? null : formatDateTime(props.mail.sentAt, { seconds: true })],
            [t('reply'), props.mail.replyCode === null ? null : String(props.mail.replyCode)],
            [t('language'), props.mail.locale === null ? null : t(props.mail.locale === 'de' ? 'german' : 'english')],
          ]}
        />
        <p class="small soft">{props.mail.state === 'sent' ? `${t('received')} ${t('kept')}` : t('kept')}</p>
        <div class="row wrap">
          <Show when={props.mail.exam}>{(exam) => <Button size="small" href={`/staff/exams/${exam().id}`}>{t('openExam')}</Button>}</Show>
          <Button size="small" href={`/staff/people?q=${encodeURIComponent(props.mail.recipient.email)}`}>{t('openPerson')}</Button>
          <Button size="small" href={`/staff/audit?resourceId=${props.mail.id}`}>{t('openLog')}</Button>
        </div>
      </div>
    </Drawer>
  );
}
