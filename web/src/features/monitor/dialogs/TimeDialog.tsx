import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { formatDuration, formatTime } from '#web/lib/format.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Checkbox } from '#web/ui/Checkbox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field } from '#web/ui/Field.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { FilterChip } from '#web/ui/Toolbar.tsx';

import { changeTime, readOutages } from '../api.ts';
import { createCommand } from '../create-command.ts';
import { messages } from '../messages.ts';
import { apiScope, studentsIn, useDesk } from '../monitor-context.ts';
import { previewChange, reaches, type TimeAct } from '../time-preview.ts';
import { hasExtraTime, shortName } from '../student.ts';
import type { Scope } from '../types.ts';
import { amountText } from './amount.ts';
import { ChangeDone } from './ChangeDone.tsx';
import { CloseButton } from './CloseButton.tsx';
import { CommandProblem } from './CommandProblem.tsx';
import { EndsTable } from './EndsTable.tsx';
import { ScopeField } from './ScopeField.tsx';

const WITH_AMOUNT: ReadonlySet<TimeAct> = new Set(['extend', 'shorten', 'credit', 'reopen']);
const SCALES: ReadonlySet<TimeAct> = new Set(['extend', 'credit']);
const QUICK_MINUTES = [2, 5, 10, 15] as const;
const MAX_SECONDS = 86_400;

/** Changes the time of some or all: says in its title what the button will do, and shows every new end before anything happens. */
export function TimeDialog(props: { act: TimeAct; scope: Scope; seconds?: number; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor, nowMs } = useDesk();
  const act = props.act;
  const [minutes, setMinutes] = createSignal<number | undefined>(Math.floor((props.seconds ?? 300) / 60));
  const [rest, setRest] = createSignal<number | undefined>((props.seconds ?? 300) % 60);
  const [isScaled, setScaled] = createSignal(false);
  const [scope, setScope] = createSignal<Scope>(props.scope);
  const [reason, setReason] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  const hasAmount = WITH_AMOUNT.has(act);
  const seconds = (): number => (hasAmount ? (minutes() ?? 0) * 60 + (rest() ?? 0) : 0);
  const planned = (): { act: TimeAct; seconds: number; scaled: boolean } => ({ act, seconds: seconds(), scaled: isScaled() && SCALES.has(act) });
  const students = createMemo(() => {
    monitor.roster.epoch();
    return studentsIn(scope(), monitor);
  });
  const preview = createMemo(() => previewChange(students(), planned(), nowMs()));
  const multipliers = createMemo(() => [...new Set(students().filter(hasExtraTime).map(({ multiplier }) => Number(multiplier)))].sort((a, b) => a - b));
  // an extension also counts for those who will start later
  const absent = (): number => (act === 'extend' ? preview().absent : 0);
  const whom = (): string => {
    if (students().length === 1) return shortName(students()[0]!.name);
    // nobody is named while it also counts for those who have not started
    const reached = absent() > 0 ? [] : students().filter((student) => reaches(student, act, nowMs()));
    return reached.length === 1 ? shortName(reached[0]!.name) : t('students', preview().affected + absent());
  };
  const title = (): string => t(`title.${act}`, amountText(seconds()), whom());
  const amountProblem = (): string | undefined => {
    if (!hasAmount) return undefined;
    if (minutes() === undefined || rest() === undefined || seconds() <= 0) return t('amountMissing');
    return seconds() > MAX_SECONDS ? t('amountTooMuch') : undefined;
  };
  const isPossible = (): boolean => preview().affected > 0 || absent() > 0;
  const command = createCommand((key) => changeTime(monitor.examId, {
    kind: act,
    scope: apiScope(scope(), monitor),
    reason: reason().trim(),
    ...(hasAmount ? { seconds: seconds() } : {}),
    ...(planned().scaled ? { scaled: true } : {}),
  }, key));
  const isLocked = (): boolean => !command.isEditable();
  const isFinal = act === 'end';

  function submit(): void {
    if (command.state() === 'done') return props.onClose();
    setTried(true);
    if (amountProblem() !== undefined || reason().trim() === '' || !isPossible()) return;
    void command.send();
  }

  return (
    <Dialog
      open
      size={640}
      keeps={reason() !== ''}
      busy={command.state() === 'sending'}
      onClose={() => props.onClose()}
      title={<span dir="auto">{title()}</span>}
      onSubmit={submit}
      note={command.state() === 'done' ? undefined : isFinal ? t('cannotUndo') : t('appliesAtOnce')}
      footer={
        <Show
          when={command.state() === 'done'}
          fallback={
            <>
              <Button keys="Esc" disabled={command.state() === 'sending'} onClick={() => props.onClose()}>{t('cancel')}</Button>
              <Button type="submit" keys="Ctrl Enter" kind={isFinal ? 'act' : 'primary'} busy={command.state() === 'sending'} busyText={t('applying')} disabled={!isPossible()}>
                <span class="TimeDialog__verb" dir="auto">{command.state() === 'unsure' ? t('tryAgain') : title()}</span>
              </Button>
            </>
          }
        >
          <CloseButton />
        </Show>
      }
    >
      <Show when={command.result()} fallback={<Form />}>{(verdict) => <ChangeDone verdict={verdict()} absent={absent()} />}</Show>
    </Dialog>
  );

  function Form(): JSX.Element {
    return (
      <>
        <div class="TimeDialog__two" classList={{ TimeDialog__locked: isLocked() }}>
          <Show when={hasAmount}>
            <Field group label={t('howMuch')} error={isTried() ? amountProblem() : undefined}>
              <div class="TimeDialog__amount">
                <NumberInput aria-label={t('minutes')} value={minutes()} onChange={setMinutes} min={0} max={1_440} readonly={isLocked()} /> {t('minShort')}
                <NumberInput aria-label={t('seconds')} value={rest()} onChange={setRest} min={0} max={59} readonly={isLocked()} /> {t('secShort')}
              </div>
              <div class="TimeDialog__quick">
                <For each={QUICK_MINUTES}>
                  {(quick) => <FilterChip pressed={seconds() === quick * 60} onToggle={() => !isLocked() && setAmount(quick * 60)}>{act === 'shorten' ? '−' : '+'}{quick}</FilterChip>}
                </For>
              </div>
              <Show when={act === 'credit'}><Outages onChoose={setAmount} chosen={seconds()} /></Show>
            </Field>
          </Show>
          <ScopeField first={props.scope} value={scope()} onChange={setScope} reaches={(student) => reaches(student, act, nowMs()) || (act === 'extend' && student.state === 'absent')} disabled={isLocked()} />
        </div>
        <div>
          <TextInput
            label={<>{t('reason')} <span class="soft">{t('reasonRead')}</span></>}
            required
            maxlength={500}
            readonly={isLocked()}
            autocomplete="off"
            error={isTried() && reason().trim() === '' ? t('reasonMissing') : undefined}
            value={reason()}
            onChange={setReason}
          />
          <Show when={reason().trim() !== ''}><p class="TimeDialog__hint" data-tight dir="auto">{t('theySee', { text: t(`tells.${act}`, amountText(seconds()), reason().trim(), oneEnd()) })}</p></Show>
        </div>
        <div>
          <div class="TimeDialog__head">
            <h3>{t('newEnds')}</h3>
            <Show when={SCALES.has(act) && multipliers().length > 0}>
              <Checkbox checked={isScaled()} disabled={isLocked()} onChange={setScaled}>{t('scaleWithOf', { list: multipliers().map((value) => `× ${value}`).join(', ') })}</Checkbox>
            </Show>
          </div>
          <EndsTable preview={preview()} act={act} />
          <p class="TimeDialog__hint">{facts().join(' ')}</p>
        </div>
        <CommandProblem command={command} />
      </>
    );
  }

  function setAmount(total: number): void {
    setMinutes(Math.floor(total / 60));
    setRest(total % 60);
  }

  /** The end in the sentence for students, where it is one for all. */
  function oneEnd(): string {
    const [first, ...others] = preview().rows.filter(({ then }) => then !== null).map(({ then }) => then!);
    if (first === undefined || others.length > 0 || first.from !== first.to) return '';
    return formatTime(first.to, { seconds: true });
  }

  function facts(): string[] {
    const now = preview();
    const closesAt = monitor.exam()?.window?.closesAt;
    const movesWindow = scope().kind === 'all' && (act === 'extend' || act === 'shorten') && closesAt !== undefined && Date.parse(closesAt) > nowMs();
    const closed = now.skipped - now.absent;
    return [
      ...(movesWindow ? [t('windowCloses', { time: formatTime(Math.max(nowMs(), Date.parse(closesAt) + (act === 'extend' ? 1 : -1) * seconds() * 1_000), { seconds: true }) })] : []),
      ...(!movesWindow && now.lastEndMs !== null && act !== 'end' && now.rows.length > 1 ? [t('lastEnds', { time: formatTime(now.lastEndMs, { seconds: true }) })] : []),
      ...(now.offline > 0 && act !== 'reopen' ? [t('offlineToo', now.offline, now.affected)] : []),
      ...(closed > 0 ? [act === 'reopen' ? t('notClosedOut', closed) : act === 'pause' || act === 'resume' ? t('otherStateOut', closed) : t('closedOut', closed)] : []),
      ...(now.absent > 0 ? [act === 'extend' ? t('absentToo', now.absent) : t('absentOut', now.absent)] : []),
    ];
  }
}

/** Outages that the platform measured itself, to give back their exact seconds. */
function Outages(props: { chosen: number; onChoose: (seconds: number) => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const found = createLoad(() => monitor.examId, (examId) => readOutages(examId));
  const mine = createMemo(() => (found.value() ?? []).filter(({ seconds }) => seconds > 0).slice(0, 4));
  return (
    <Show when={mine().length > 0}>
      <p class="TimeDialog__hint">{t('outages')}</p>
      <div class="TimeDialog__quick">
        <For each={mine()}>
          {(outage) => <FilterChip pressed={props.chosen === outage.seconds} onToggle={() => props.onChoose(outage.seconds)}>{t('outageOf', { time: formatDuration(outage.seconds * 1_000), at: formatTime(outage.beganAt) })}</FilterChip>}
        </For>
      </div>
    </Show>
  );
}
