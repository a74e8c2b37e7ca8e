import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { RichText } from '#web/ui/RichText.tsx';
import { Select } from '#web/ui/Select.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { loadQuestion, previewRegrade } from './api.ts';
import { type CorrectionKind, correctionOf, parseKey } from './correction.ts';
import { messages } from './messages.ts';

const KINDS: readonly CorrectionKind[] = ['key', 'drop', 'all-correct', 'points'];

/** Asks which question is corrected and how; shows the question itself. */
export function CorrectDialog(props: { exam: Exam; open: boolean; onClose: () => void; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [itemId, setItemId] = createSignal('');
  const [kind, setKind] = createSignal<CorrectionKind>('drop');
  const [keyText, setKeyText] = createSignal('');
  const [points, setPoints] = createSignal<number>();
  let key = commandKey();
  createEffect(on(() => props.open, (isOpen) => isOpen && (key = commandKey())));
  const items = () => props.exam.sections.flatMap((section) => section.items);
  const item = () => items().find(({ id }) => id === itemId());
  const question = createLoad(() => item()?.questionId, loadQuestion, { forget: true });
  createEffect(on(question.value, (found) => setKeyText(found === undefined ? '' : JSON.stringify(found.key, null, 2))));
  const change = () => (item() === undefined ? undefined : correctionOf(item()!.id, kind(), keyText(), points()));
  return (
    <ConfirmDialog
      open={props.open} onClose={props.onClose} title={t('correctTitle')} scope={t('correctScope')} verb={t('correctVerb')} busyText={t('computing')} size={640} reason="required" reasonLabel={t('reason')}
      disabled={change() === undefined}
      onConfirm={async ({ reason }) => { await previewRegrade(props.exam.id, { changes: [change()!], reason }, key); props.onDone(); }}
    >
      <Select
        label={t('question')} placeholder={t('pickQuestion')} value={itemId()} onChange={setItemId}
        options={items().map((one, index) => ({ value: one.id, label: t('questionOf', { number: index + 1, points: one.points }) }))}
      />
      <Show when={question.value()}>{(found) => <div class="CorrectDialog__question"><RichText text={found().text} /></div>}</Show>
      <RadioGroup label={t('kind')} value={kind()} onChange={setKind} options={KINDS.map((value) => ({ value, label: t(`kind.${value}`), hint: t(`kind.${value}Help`) }))} />
      <Show when={kind() === 'key'}>
        <TextArea class="mono" label={t('key')} hint={question.value() === undefined && itemId() !== '' ? t('keyLoading') : t('keyHint')} rows={6} value={keyText()} onChange={setKeyText} error={keyText() !== '' && parseKey(keyText()) === undefined ? t('keyBad') : undefined} />
      </Show>
      <Show when={kind() === 'points'}><NumberInput label={t('points')} value={points()} onChange={setPoints} min={0} step={0.5} /></Show>
    </ConfirmDialog>
  );
}
