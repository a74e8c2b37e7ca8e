import { createEffect, createSignal, on, type JSX, Show } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type ComboboxOption } from '#web/ui/Combobox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Switch } from '#web/ui/Switch.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { findTeachers, saveSettings, type Settings } from '../api.ts';
import { messages } from '../messages.ts';
import { bare } from '../points-text.ts';
import { readPoints } from '../workspace/rubric-points.ts';

/** Changes how an exam is marked. */
export function SettingsDialog(props: { open: boolean; settings: Settings; onClose: () => void; onSaved: (settings: Settings) => void; onStale: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [anonymous, setAnonymous] = createSignal(true);
  const [second, setSecond] = createSignal<Settings['secondMarking']>('none');
  const [sample, setSample] = createSignal<number | undefined>(10);
  const [threshold, setThreshold] = createSignal('0');
  const [minutes, setMinutes] = createSignal<number | undefined>(15);
  const [graders, setGraders] = createSignal<ComboboxOption[]>([]);
  createEffect(on(() => props.open, (isOpen) => {
    if (!isOpen) return;
    const { settings } = props;
    setAnonymous(settings.anonymous);
    setSecond(settings.secondMarking);
    setSample(settings.samplePercent);
    setThreshold(bare(settings.differenceThreshold));
    setMinutes(settings.leaseMinutes);
    setGraders(settings.graders.map(({ id, name }) => ({ value: id, label: name })));
    act.clear();
  }));
  const act = createAct(async () => {
    try {
      const saved = await saveSettings(props.settings.examId, {
        anonymous: anonymous(), secondMarking: second(), samplePercent: sample() ?? 10, leaseMinutes: minutes() ?? props.settings.leaseMinutes, differenceThreshold: readPoints(threshold()), graders: graders().map(({ value }) => value),
      }, props.settings.version);
      props.onSaved(saved);
      props.onClose();
    } catch (thrown) {
      if (isProblem(thrown, 'version-conflict')) props.onStale();
      throw thrown;
    }
  });
  const isStale = (): boolean => isProblem(act.problem(), 'version-conflict');
  return (
    <Dialog
      open={props.open} onClose={() => props.onClose()} title={t('dialogTitle')} scope={t('dialogScope')} size={640} keeps busy={act.isBusy()} onSubmit={() => void act.run()}
      footer={<><Button onClick={() => props.onClose()}>{t('cancel')}</Button><Button type="submit" kind="primary" busy={act.isBusy()} busyText={t('saving')}>{isStale() ? t('saveAgain') : t('saveSettings')}</Button></>}
    >
      <div class="stack">
        <Switch checked={anonymous()} onChange={setAnonymous} hint={t('anonymousHint')}>{t('anonymousLabel')}</Switch>
        <Segmented label={t('secondLabel')} value={second()} onChange={setSecond} options={[{ value: 'none', label: t('second.none') }, { value: 'sample', label: t('second.sample') }, { value: 'all', label: t('second.all') }]} />
        <Show when={second() === 'sample'}><NumberInput label={t('sampleLabel')} value={sample()} onChange={setSample} min={1} max={100} unit="%" /></Show>
        <Show when={second() !== 'none'}><TextInput label={t('thresholdLabel')} hint={t('thresholdHint')} inputmode="decimal" value={threshold()} onChange={setThreshold} unit={t('colPoints').toLowerCase()} /></Show>
        <NumberInput label={t('leaseLabel')} value={minutes()} onChange={setMinutes} min={1} max={240} unit="min" />
        <Combobox multiple label={t('gradersLabel')} hint={t('gradersHint')} placeholder={t('gradersPick')} options={findTeachers} value={graders()} onChange={setGraders} />
        <Show when={isStale()} fallback={<Show when={act.problem()}><ProblemView compact problem={act.problem()} /></Show>}><Banner tone="attention" live="alert" title={t('settingsStale')} /></Show>
      </div>
    </Dialog>
  );
}
