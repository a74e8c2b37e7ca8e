import ChartLine from 'lucide-solid/icons/chart-line';
import EyeOff from 'lucide-solid/icons/eye-off';
import Eye from 'lucide-solid/icons/eye';
import LockOpen from 'lucide-solid/icons/lock-open';
import Radio from 'lucide-solid/icons/radio';
import ScrollText from 'lucide-solid/icons/scroll-text';
import WorkflowIcon from 'lucide-solid/icons/workflow';
import { createSignal, type JSX } from 'solid-js';

import { hasRole, useUser } from '#web/lib/auth.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Menu, type MenuItem } from '#web/ui/Menu.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';

import { holdResult, reopenSession, type Review } from './api.ts';
import { messages } from './messages.ts';

type Act = 'reopen' | 'withhold' | 'release';

/** What staff can do with a session, each after a question with a reason. */
export function SessionActs(props: { review: Review; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const [act, setAct] = createSignal<Act>();
  const [minutes, setMinutes] = createSignal<number | undefined>(10);
  // one intent, one key: a retry of the same dialog is the same command
  let key = '';
  const ask = (wanted: Act): void => {
    key = commandKey();
    setAct(wanted);
  };
  const mayDecide = (): boolean => hasRole(user(), 'teacher', 'admin');
  const isClosed = (): boolean => props.review.session.closedAt !== null;
  const student = (): string => props.review.student.name;
  const session = (): Review['session'] => props.review.session;
  const items = (): MenuItem[] => [
    { label: t('monitor'), icon: Radio, href: `/staff/exams/${props.review.exam.id}/monitor` },
    ...(mayDecide() ? [{ label: t('progress'), icon: ChartLine, href: `/staff/students/${props.review.student.id}` }] : []),
    ...(hasRole(user(), 'admin')
      ? [
          { label: t('workflow'), icon: WorkflowIcon, href: `/staff/workflows/${props.review.workflowId}` },
          { label: t('audit'), icon: ScrollText, href: `/staff/audit?sessionId=${session().id}` },
        ]
      : []),
    ...(mayDecide()
      ? [
          { separator: true as const },
          { label: t('reopenMenu'), icon: LockOpen, disabled: !isClosed(), ...(isClosed() ? {} : { hint: t('openNeedsClosed') }), onSelect: () => ask('reopen') },
          props.review.withheld === null
            ? { label: t('withholdMenu'), icon: EyeOff, onSelect: () => ask('withhold') }
            : { label: t('releaseMenu'), icon: Eye, onSelect: () => ask('release') },
        ]
      : []),
  ];
  async function hold(what: 'withhold' | 'release', reason: string): Promise<void> {
    await holdResult(session().id, what, reason, key);
    props.onDone();
  }
  async function reopen(reason: string): Promise<void> {
    await reopenSession(session().id, { seconds: Math.round(minutes()! * 60), reason }, key);
    props.onDone();
  }
  return (
    <>
      <Menu label={t('more')} items={items()} />
      <ConfirmDialog
        open={act() === 'reopen'} onClose={() => setAct(undefined)} title={t('reopen')} scope={t('reopenScope', { student: student() })} verb={t('reopenVerb')} busyText={t('reopenBusy')}
        reason="required" note={t('reopenNote')} disabled={minutes() === undefined} onConfirm={({ reason }) => reopen(reason)}
      >
        <NumberInput label={t('reopenMinutes')} value={minutes()} onChange={setMinutes} min={1} max={1_440} step={1} />
      </ConfirmDialog>
      <ConfirmDialog
        open={act() === 'withhold'} onClose={() => setAct(undefined)} title={t('withhold')} scope={t('withholdScope', { student: student() })} verb={t('withholdVerb')} busyText={t('busy')}
        reason="required" note={t('reopenNote')} onConfirm={({ reason }) => hold('withhold', reason)}
      />
      <ConfirmDialog
        open={act() === 'release'} onClose={() => setAct(undefined)} title={t('release')} scope={t('releaseScope', { student: student() })} verb={t('releaseVerb')} busyText={t('busy')}
        reason="required" note={t('reopenNote')} onConfirm={({ reason }) => hold('release', reason)}
      />
    </>
  );
}
