import CircleCheck from 'lucide-solid/icons/circle-check';
import { createSignal, Show, type JSX } from 'solid-js';

import { useUser } from '#web/lib/auth.ts';
import { formatClock, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ApiProblem, isProblem } from '#web/lib/problem.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { PasswordInput } from '#web/ui/PasswordInput.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { changePassword } from './api.ts';
import { createCountdown } from './create-countdown.ts';
import { messages } from './messages.ts';

const MIN_PASSWORD = 8;

/** Changes the own password; tells whoever keeps the list of log-ins. */
export function PasswordForm(props: { onChanged: () => void }): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const [current, setCurrent] = createSignal('');
  const [next, setNext] = createSignal('');
  const [errors, setErrors] = createSignal({ current: '', next: '' });
  const [problem, setProblem] = createSignal<unknown>();
  const [changedAtMs, setChangedAt] = createSignal<number>();
  const [isBusy, setBusy] = createSignal(false);
  const wait = createCountdown();

  async function save(): Promise<void> {
    if (isBusy() || wait.seconds() > 0) return;
    setProblem(undefined);
    setErrors({
      current: current() === '' ? t('currentMissing') : '',
      next: next().length < MIN_PASSWORD ? t('passwordShort') : next() === current() ? t('samePassword') : '',
    });
    if (errors().current !== '' || errors().next !== '') return;
    setBusy(true);
    try {
      await changePassword(current(), next());
      setCurrent('');
      setNext('');
      setChangedAt(serverNowMs());
      props.onChanged();
    } catch (thrown) {
      take(thrown);
    } finally {
      setBusy(false);
    }
  }

  function take(thrown: unknown): void {
    if (thrown instanceof ApiProblem && thrown.fieldError('/current') !== undefined) setErrors({ current: t('currentWrong'), next: '' });
    else if (thrown instanceof ApiProblem && thrown.fieldError('/next') !== undefined) setErrors({ current: '', next: t('passwordShort') });
    else if (isProblem(thrown, 'rate-limited', 'account-locked')) wait.start(thrown.retryAfterMs ?? 60_000);
    else setProblem(thrown);
  }

  return (
    <Card title={t('changePassword')}>
      <form
        class="Account__form"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p class="small soft">{t('changePasswordIntro')}</p>
        {/* tells a password manager whose password it is */}
        <input class="visually-hidden" type="text" name="username" autocomplete="username" value={user().email} readonly tabindex={-1} aria-hidden="true" />
        <PasswordInput label={t('currentPassword')} error={errors().current} autocomplete="current-password" maxlength={200} required value={current()} onChange={setCurrent} />
        <PasswordInput label={t('newPassword')} hint={t('newPasswordHint')} error={errors().next} autocomplete="new-password" maxlength={200} required value={next()} onChange={setNext} />
        <div aria-live="polite" class="Account__said">
          <Show when={wait.seconds() > 0}><Banner tone="attention" title={t('passwordWait', { time: formatClock(wait.seconds() * 1_000) })} /></Show>
          <Show when={changedAtMs()}>{(at) => <Banner tone="done" icon={CircleCheck} title={t('passwordChanged', { time: formatTime(at()) })} />}</Show>
        </div>
        <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
        <div class="Account__act"><Button type="submit" busy={isBusy()} busyText={t('changingPassword')} disabled={wait.seconds() > 0}>{t('changePasswordVerb')}</Button></div>
      </form>
    </Card>
  );
}
