import { createSignal, type JSX, Show } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { sittingApi } from './api.ts';
import { newId } from './ids.ts';
import { laterMessages as messages } from './later-messages.ts';
import { Navigator } from './Navigator.tsx';
import { changeReadingSettings, readingSettings, SPACINGS, TEXT_SIZES, TINTS } from './reading-settings.ts';
import { SitDialog } from './SitDialog.tsx';
import { SitTools } from './SitTools.tsx';
import { useSit } from './sit-context.ts';

/** Asks staff for help. */
export function HelpDialog(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const key = newId();
  const [reason, setReason] = createSignal('');
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>(null);
  const [sentAt, setSentAt] = createSignal<number | null>(null);
  const close = (): void => sit.show(null);
  async function ask(): Promise<void> {
    if (reason().trim() === '') return;
    setBusy(true);
    setProblem(null);
    await sittingApi.askForHelp(sit.sessionId, key, reason().trim()).then(() => setSentAt(serverNowMs()), setProblem);
    setBusy(false);
  }
  return (
    <SitDialog
      focusInside title={t('askProctor')} scope={t('askHelp')} busy={isBusy()} onClose={close}
      footer={
        <Show when={sentAt() === null} fallback={<Button kind="primary" onClick={close}>{t('backToExam')}</Button>}>
          <Button disabled={isBusy()} onClick={close}>{t('cancel')}</Button>
          <Button kind="primary" busy={isBusy()} busyText={t('asking')} disabled={reason().trim() === ''} onClick={() => void ask()}>{t('ask')}</Button>
        </Show>
      }
    >
      <Show when={sentAt()} fallback={<TextArea label={t('whatIsIt')} rows={3} maxlength={500} count value={reason()} onChange={setReason} autofocus dir="auto" />}>
        {(at) => <Banner tone="done" live="status" title={t('askedAt', { time: formatTime(at()) })}><p>{t('askedNext')}</p></Banner>}
      </Show>
      <Show when={problem()}>{(error) => <ProblemView compact problem={error()} title={t('notAsked')} />}</Show>
    </SitDialog>
  );
}

/** How questions look; kept on this device. */
export function ReadingDialog(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  return (
    <SitDialog title={t('readingSettings')} size={640} onClose={() => sit.show(null)} footer={<Button kind="primary" onClick={() => sit.show(null)}>{t('done')}</Button>}>
      <Segmented wide label={t('textSize')} value={readingSettings().size} onChange={(size) => changeReadingSettings({ size })} options={TEXT_SIZES.map((value) => ({ value, label: t(`size_${value}`) }))} />
      <Segmented wide label={t('spacing')} value={readingSettings().spacing} onChange={(spacing) => changeReadingSettings({ spacing })} options={SPACINGS.map((value) => ({ value, label: t(`spacing_${value}`) }))} />
      <Segmented wide label={t('tint')} value={readingSettings().tint} onChange={(tint) => changeReadingSettings({ tint })} options={TINTS.map((value) => ({ value, label: t(`tint_${value}`) }))} />
      <p class="ReadingSample" data-tint={readingSettings().tint}>{t('readingSample')}</p>
    </SitDialog>
  );
}

/** All questions and everything else that has no room on a small screen. */
export function NavigatorSheet(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  return (
    <SitDialog sheet title={<span dir="auto">{sit.exam()?.title ?? t('exam')}</span>} onClose={() => sit.show(null)}>
      <Navigator />
      <SitTools wide />
      <Button wide disabled={!sit.mayWrite()} onClick={() => sit.show('hand-in')}>{t('handInMore')}</Button>
    </SitDialog>
  );
}

/** Asks before a question is left for good. It has to be saved first: afterwards it is closed. */
export function LeaveDialog(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>(null);
  const [isUnsaved, setUnsaved] = createSignal(false);
  const isEmpty = (): boolean => sit.current() !== undefined && !sit.isAnswered(sit.current()!);
  async function leave(): Promise<void> {
    const from = sit.current();
    const to = sit.paper()?.nextItemId;
    if (from === undefined || to == null) return;
    setBusy(true);
    setProblem(null);
    setUnsaved(false);
    await sit.answers.flush();
    if (sit.answers.view(from.id).status !== 'saved') setUnsaved(true);
    else await sit.place.advance(to).then(() => sit.go(to), setProblem);
    setBusy(false);
  }
  return (
    <SitDialog
      title={t('leaveTitle', { number: String(sit.at() + 1) })} scope={t('leaveHelp')} busy={isBusy()} onClose={() => sit.show(null)}
      footer={
        <>
          <Button disabled={isBusy()} onClick={() => sit.show(null)}>{t('stay')}</Button>
          <Button kind="primary" busy={isBusy()} busyText={t('leaving')} onClick={() => void leave()}>{t('leave')}</Button>
        </>
      }
    >
      <Show when={isEmpty()}><Banner tone="attention" title={t('leaveEmpty')} /></Show>
      <Show when={isUnsaved()}><Banner tone="attention" live="alert" title={t('leaveUnsaved')}><p>{t('leaveUnsavedHelp')}</p></Banner></Show>
      <Show when={problem()}>{(error) => <ProblemView compact problem={error()} title={t('notLeft')} />}</Show>
    </SitDialog>
  );
}
