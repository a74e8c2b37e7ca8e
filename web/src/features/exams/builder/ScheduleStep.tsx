import Info from 'lucide-solid/icons/info';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { useUser } from '#web/lib/auth.ts';
import { formatDateTime, formatDuration, formatTime, formatZone, localZone } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Combobox } from '#web/ui/Combobox.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { Builder, DraftWindow, ExamDraft } from './create-builder.ts';
import { messages } from './messages.ts';
import { PeopleCard } from './PeopleCard.tsx';
import { addMinutes, instantOf, resolveLocal } from './wall-times.ts';

/** Third step: when, how it ends, who gets in, who sits it. */
export function ScheduleStep(props: { builder: Builder; onPeople: () => void }): JSX.Element {
  return (
    <>
      <WindowCard builder={props.builder} />
      <EndCard builder={props.builder} />
      <EntryCard builder={props.builder} />
      <PeopleCard exam={props.builder.exam()} onChanged={() => props.onPeople()} />
    </>
  );
}

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

/** Fields of a window in its zone. A first start proposes an end. */
export function WindowFields(props: { value: DraftWindow | null; durationMinutes: number; onChange: (window: DraftWindow) => void; errorAt: (name: keyof DraftWindow) => string | undefined }): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const now = (): DraftWindow => props.value ?? { localStart: '', localEnd: '', timeZone: user().timeZone === 'UTC' ? localZone() : user().timeZone };
  const endError = (): string | undefined => { const said = props.errorAt('localEnd'); return said !== undefined && /must be after/.test(said) ? t('windowOrder') : said; };
  function setStart(localStart: string): void {
    const { localEnd } = now();
    // the end follows a moved start by the same distance, and a first start proposes one
    const before = now().localStart;
    const lengthMs = before === '' || localEnd === '' ? props.durationMinutes * 60_000 : Date.parse(`${localEnd.slice(0, 16)}Z`) - Date.parse(`${before.slice(0, 16)}Z`);
    props.onChange({ ...now(), localStart, localEnd: localStart === '' ? localEnd : addMinutes(localStart, Math.max(1, Math.round(lengthMs / 60_000))) });
  }
  return (
    <div class="BuilderFields BuilderFields--three">
      <TextInput type="datetime-local" label={t('opens')} error={props.errorAt('localStart')} value={now().localStart.slice(0, 16)} onChange={setStart} />
      <TextInput type="datetime-local" label={t('closes')} error={endError()} value={now().localEnd.slice(0, 16)} min={now().localStart.slice(0, 16)} onChange={(localEnd) => props.onChange({ ...now(), localEnd })} />
      <Combobox label={t('zone')} options={ZONES} error={props.errorAt('timeZone')} value={{ value: now().timeZone, label: now().timeZone.replaceAll('_', ' ') }} onChange={(zone) => zone !== undefined && props.onChange({ ...now(), timeZone: zone.value })} />
    </div>
  );
}

/** How long a window is, what it is on the reader's clock, and whether it is too short. */
export function WindowFacts(props: { value: DraftWindow | null; durationMinutes: number; notes: readonly { pointer: string; message: string }[] }): JSX.Element {
  const t = useMessages(messages);
  const times = (): { opens: number; closes: number } | undefined => {
    const { value } = props;
    if (value === null) return undefined;
    const opens = instantOf(value.localStart, value.timeZone);
    const closes = instantOf(value.localEnd, value.timeZone);
    return opens === undefined || closes === undefined || closes <= opens ? undefined : { opens, closes };
  };
  /** What the server said; before it has, the same rule of the same code. */
  const notes = (): readonly string[] => {
    const { value } = props;
    if (props.notes.length > 0 || value === null) return props.notes.map(({ message }) => message);
    return [value.localStart, value.localEnd].flatMap((local) => {
      const found = resolveLocal(local, value.timeZone);
      if (found === undefined || found.kind === 'exact') return [];
      const times = { time: local.slice(11, 16), zone: value.timeZone, taken: found.localTime.slice(11, 16) };
      return [found.kind === 'gap' ? t('gapNote', times) : t('overlapNote', times)];
    });
  };
  const isElsewhere = (): boolean => props.value !== null && formatDateTime(times()!.opens, { zone: localZone() }) !== formatDateTime(times()!.opens, { zone: props.value.timeZone });
  return (
    <>
      <For each={notes()}>{(note) => <Notice tone="attention" icon={Info}>{note}</Notice>}</For>
      <Show when={times()}>
        {(window) => (
          <p class="soft">
            {t('windowLasts', { time: formatDuration(window().closes - window().opens) })}{' '}
            <Show when={isElsewhere()}>{t('windowHere', { start: formatDateTime(window().opens), end: formatDateTime(window().closes), zone: formatZone(window().opens, localZone()) })}</Show>
          </p>
        )}
      </Show>
      <Show when={times() !== undefined && times()!.closes - times()!.opens < props.durationMinutes * 60_000}><p class="ink-attention">{t('windowShort')}</p></Show>
    </>
  );
}

function WindowCard(props: { builder: Builder }): JSX.Element {
  const t = useMessages(messages);
  const draft = (): ExamDraft => props.builder.draft;
  return (
    <Card title={t('window')} actions={<Show when={draft().window !== null}><Button size="small" kind="quiet" onClick={() => props.builder.set({ window: null })}>{t('windowClear')}</Button></Show>}>
      <div class="stack">
        <WindowFields value={draft().window} durationMinutes={draft().durationMinutes} onChange={(window) => props.builder.set({ window })} errorAt={(name) => props.builder.errorAt(`/window/${name}`)} />
        <WindowFacts value={draft().window} durationMinutes={draft().durationMinutes} notes={props.builder.notes().filter(({ pointer }) => pointer.startsWith('/window'))} />
      </div>
    </Card>
  );
}

function EndCard(props: { builder: Builder }): JSX.Element {
  const t = useMessages(messages);
  const draft = (): ExamDraft => props.builder.draft;
  const limit = (): 'open' | 'limit' => (draft().lateEntryMinutes === null ? 'open' : 'limit');
  /** Somebody who starts 20 minutes late, or halfway into a short window. */
  const example = (): { start: string; atClose: string; full: string } | undefined => {
    const { window, durationMinutes } = draft();
    if (window === null) return undefined;
    const opens = instantOf(window.localStart, window.timeZone);
    const closes = instantOf(window.localEnd, window.timeZone);
    if (opens === undefined || closes === undefined || closes <= opens) return undefined;
    // late enough that the rules differ
    const start = Math.min(closes - 60_000, Math.max(opens + 20 * 60_000, closes - durationMinutes * 60_000 + 20 * 60_000));
    const at = (ms: number): string => formatTime(ms, { zone: window.timeZone });
    return { start: at(start), atClose: at(Math.min(closes, start + durationMinutes * 60_000)), full: at(start + durationMinutes * 60_000) };
  };
  const hint = (rule: 'window' | 'duration'): string => {
    const times = example();
    return times === undefined ? t('endRuleNoWindow') : t(`endRule.${rule}.hint`, { start: times.start, end: rule === 'window' ? times.atClose : times.full });
  };
  const lastStart = (): string | undefined => {
    const { window, lateEntryMinutes } = draft();
    const opens = window === null || lateEntryMinutes === null ? undefined : instantOf(window.localStart, window.timeZone);
    return opens === undefined ? undefined : formatTime(opens + lateEntryMinutes! * 60_000, { zone: window!.timeZone });
  };
  return (
    <Card title={t('endRule')}>
      <div class="BuilderFields BuilderFields--two">
        <div class="stack">
          <RadioGroup label={<span class="visually-hidden">{t('endRule')}</span>} value={draft().endRule} onChange={(endRule: ExamDraft['endRule']) => props.builder.set({ endRule })} options={(['window', 'duration'] as const).map((value) => ({ value, label: t(`endRule.${value}`), hint: <ExampleHint text={hint(value)} /> }))} />
          <p class="soft">{t('endRuleExtra')}</p>
        </div>
        <div class="stack">
          <RadioGroup label={t('lateEntry')} value={limit()} onChange={(kind: 'open' | 'limit') => props.builder.set({ lateEntryMinutes: kind === 'open' ? null : 15 })} options={[{ value: 'open', label: t('late.open') }, { value: 'limit', label: t('late.limit') }]} />
          <Show when={draft().lateEntryMinutes !== null}>
            <NumberInput label={t('lateMinutes')} {...(lastStart() === undefined ? {} : { hint: t('lateHint', { time: lastStart()! }) })} min={0} max={10_080} value={draft().lateEntryMinutes ?? undefined} onChange={(minutes) => minutes !== undefined && props.builder.set({ lateEntryMinutes: minutes })} />
          </Show>
        </div>
      </div>
    </Card>
  );
}

function ExampleHint(props: { text: string }): JSX.Element {
  return <>{props.text}</>;
}

function EntryCard(props: { builder: Builder }): JSX.Element {
  const t = useMessages(messages);
  const [code, setCode] = createSignal<string>();
  const isSet = (): boolean => (props.builder.draft.accessCode === undefined ? props.builder.exam().hasAccessCode : props.builder.draft.accessCode !== null);
  function apply(): void {
    const next = code()?.trim();
    if (next === undefined || next === '') return;
    props.builder.set({ accessCode: next });
    setCode(undefined);
  }
  return (
    <Card title={t('entry')}>
      <div class="stack">
        <p>{isSet() ? t('codeSet') : t('codeNone')}</p>
        <Show
          when={code() !== undefined}
          fallback={
            <span class="row wrap">
              <Button onClick={() => setCode('')}>{isSet() ? t('codeChange') : t('codeAdd')}</Button>
              <Show when={isSet()}><Button kind="danger" onClick={() => props.builder.set({ accessCode: null })}>{t('codeRemove')}</Button></Show>
            </span>
          }
        >
          <form class="BuilderCode" onSubmit={(event) => { event.preventDefault(); apply(); }}>
            <TextInput ref={(input) => queueMicrotask(() => input.focus())} label={t('codeNew')} hint={t('codeHint')} error={props.builder.errorAt('/accessCode')} maxlength={100} autocomplete="off" spellcheck={false} value={code() ?? ''} onChange={setCode} />
            <Button type="submit" disabled={(code() ?? '').trim() === ''}>{t('codeApply')}</Button>
          </form>
        </Show>
      </div>
    </Card>
  );
}
