import { useNavigate } from '@solidjs/router';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import { createSignal, Show, type JSX } from 'solid-js';

import { formatClock } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import type { StudentExam } from './api.ts';
import { createStart, type StartRefusal } from './create-start.ts';
import type { ExamTimes } from './exam-times.ts';
import { messages } from './messages.ts';
import { whenText } from './when.ts';

/** Access code and start. The button is one and the same before and after the opening, so a click at that moment is never lost. */
export function StartPanel(props: { exam: StudentExam; times: ExamTimes; nowMs: number; onRefused: () => void }): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const [code, setCode] = createSignal('');
  let form!: HTMLFormElement;
  const start = createStart({
    get examId() { return props.exam.id; },
    opensAtMs: () => props.times.opensAtMs,
    nowMs: () => props.nowMs,
    accessCode: () => (props.exam.rules.hasAccessCode ? code() : undefined),
    onStarted: (sessionId) => navigate(`/sit/${sessionId}`),
    onRefused: () => props.onRefused(),
  });
  const opening = (): string => whenText(props.times.opensAtMs, props.nowMs);
  const attempt = (): number => props.exam.rules.attempts - props.exam.rules.attemptsLeft + 1;
  const verb = (): string => {
    if (start.waitSeconds() > 0) return t('start');
    if (!start.isOpen()) return t(opening().length > 5 ? 'startOn' : 'startAt', { time: opening() });
    return attempt() > 1 ? t('startAgain', { attempt: attempt() }) : t('start');
  };
  const codeError = (): string => {
    if (start.waitSeconds() > 0) return t('accessCodeWait', { time: formatClock(start.waitSeconds() * 1_000) });
    const error = start.codeError();
    return error === undefined ? '' : t(error);
  };

  async function press(): Promise<void> {
    await start.press();
    if (start.codeError() !== undefined) form.querySelector('input')?.select();
  }

  return (
    <form
      ref={form}
      class="Start"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void press();
      }}
    >
      <Show when={props.exam.rules.hasAccessCode}>
        <TextInput
          label={t('accessCode')}
          hint={t('accessCodeHint')}
          error={codeError()}
          class="Start__code"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxlength={100}
          value={code()}
          onChange={(text) => {
            setCode(text);
            start.clearCodeError();
          }}
        />
      </Show>
      <Button type="submit" size="large" kind={start.isOpen() ? 'primary' : 'secondary'} class="Start__button" busy={start.isBusy()} busyText={t('starting')} disabled={!start.canPress()}>
        <span class="tabular">{verb()}</span>
      </Button>
      <div class="Start__said" aria-live="polite">
        <Show when={start.refusal()} fallback={<p class="small soft">{start.isKept() ? t('startKept', { time: opening() }) : t('startHelp')}</p>}>
          {(refusal) => <Notice tone="attention" icon={CircleAlert}>{refusalText(refusal(), t as never)}</Notice>}
        </Show>
      </div>
    </form>
  );
}

function refusalText(refusal: StartRefusal, t: (key: string, values?: Record<string, string>) => string): string {
  const key = `refusal.${refusal.code}`;
  return key in messages.en ? t(key) : t('refusal.other', { id: refusal.requestId || '–' });
}
