import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { putAccommodations, readAccommodations } from './api.ts';
import { messages } from './messages.ts';

/** Standing extra time of a student. */
export function AccommodationsForm(props: { userId: string }): JSX.Element {
  const t = useMessages(messages);
  const loaded = createLoad(() => props.userId, readAccommodations, { forget: true });
  const [multiplier, setMultiplier] = createSignal<number | undefined>(1);
  const [extra, setExtra] = createSignal<number | undefined>(0);
  const [breaks, setBreaks] = createSignal<number | undefined>(0);
  const [note, setNote] = createSignal('');
  const [isSaved, setSaved] = createSignal(false);
  createEffect(on(loaded.value, (found) => {
    if (found === undefined) return;
    setMultiplier(Number(found.timeMultiplier));
    setExtra(found.extraMinutes);
    setBreaks(found.breakMinutes);
    setNote(found.note);
  }));
  const save = createAct(async () => {
    const wanted = { timeMultiplier: String(multiplier() ?? 1), extraMinutes: extra() ?? 0, breakMinutes: breaks() ?? 0, note: note() };
    loaded.take(await putAccommodations(props.userId, wanted));
    setSaved(true);
  });
  return (
    <Show
      when={loaded.value()}
      fallback={<Show when={loaded.error()} fallback={<Skeleton kind="block" height="220px" />}>{(thrown) => <ProblemView problem={thrown()} onRetry={loaded.reload} compact />}</Show>}
    >
      <form
        class="stack"
        novalidate
        onInput={() => setSaved(false)}
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <p class="soft">{t('timeSub')}</p>
        <NumberInput label={t('multiplier')} min={1} max={5} step={0.05} value={multiplier()} onChange={setMultiplier} unit="×" />
        <NumberInput label={t('extraMinutes')} min={0} max={1440} step={1} value={extra()} onChange={setExtra} unit="min" />
        <NumberInput label={t('breakMinutes')} min={0} max={1440} step={1} value={breaks()} onChange={setBreaks} unit="min" />
        <TextArea label={t('note')} optional hint={t('noteHint')} maxlength={2000} value={note()} onChange={setNote} />
        <Show when={save.problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
        <div class="row wrap">
          <Button type="submit" kind="primary" busy={save.isBusy()} busyText={t('saving')} disabled={multiplier() === undefined || extra() === undefined || breaks() === undefined}>{t('save')}</Button>
          <span class="soft small" role="status">{isSaved() ? t('saved') : ''}</span>
        </div>
      </form>
    </Show>
  );
}
