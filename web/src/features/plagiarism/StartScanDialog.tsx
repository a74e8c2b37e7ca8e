import { createEffect, createSignal, on, type JSX } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Checkbox } from '#web/ui/Checkbox.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';

import { startScan } from './api.ts';
import { messages } from './messages.ts';

const LEVELS = { strict: 0.001, usual: 0.01, wide: 0.05 } as const;

/** Asks what a scan compares and how strict it is, in words; the defaults suit most exams. */
export function StartScanDialog(props: { examId: string; open: boolean; onClose: () => void; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [answers, setAnswers] = createSignal(true);
  const [text, setText] = createSignal(true);
  const [timing, setTiming] = createSignal(true);
  const [level, setLevel] = createSignal<keyof typeof LEVELS>('usual');
  const [contained, setContained] = createSignal<number | undefined>(30);
  const [common, setCommon] = createSignal<number | undefined>(10);
  let key = commandKey();
  createEffect(on(() => props.open, (isOpen) => isOpen && (key = commandKey())));
  async function start(): Promise<void> {
    await startScan(props.examId, {
      level: LEVELS[level()], answers: answers(), text: text(), timing: timing(), minContainment: (contained() ?? 30) / 100, commonSharePercent: common() ?? 10,
    }, key);
    props.onDone();
  }
  return (
    <ConfirmDialog
      open={props.open} onClose={props.onClose} title={t('startTitle')} scope={t('startScope')} verb={t('startVerb')} busyText={t('starting')} size={640}
      disabled={!answers() && !text() && !timing()} note={t('calm')} onConfirm={start}
    >
      <fieldset class="ScanForm">
        <legend>{t('what')}</legend>
        <Checkbox checked={answers()} onChange={setAnswers} hint={t('answersHelp')}>{t('answers')}</Checkbox>
        <Checkbox checked={text()} onChange={setText} hint={t('textHelp')}>{t('text')}</Checkbox>
        <Checkbox checked={timing()} onChange={setTiming} hint={t('timingHelp')}>{t('timing')}</Checkbox>
      </fieldset>
      <RadioGroup
        label={t('level')} hint={t('levelHelp')} value={level()} onChange={setLevel}
        options={[{ value: 'strict', label: t('level.strict') }, { value: 'usual', label: t('level.usual') }, { value: 'wide', label: t('level.wide') }]}
      />
      <div class="ScanForm__numbers">
        <NumberInput label={t('containment')} value={contained()} onChange={setContained} min={5} max={100} unit={t('percentUnit')} />
        <NumberInput label={t('common')} value={common()} onChange={setCommon} min={1} max={100} unit={t('percentUnit')} />
      </div>
    </ConfirmDialog>
  );
}
