import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';
import { createStore, produce, reconcile } from 'solid-js/store';

import type { Exam } from '#web/features/exams/api.ts';
import { ErrorsProvider } from '#web/features/questions/editor/errors-context.tsx';
import type { Draft } from '#web/features/questions/editor/draft.ts';
import { plainLine } from '#web/features/questions/plain-line.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { RichText } from '#web/ui/RichText.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Select } from '#web/ui/Select.tsx';

import { type CountingItem, loadItems, previewRegrade } from './api.ts';
import { type CorrectionKind, correctionOf, hasKey, keyDraft, keyErrors } from './correction.ts';
import { KeyEditor } from './KeyEditor.tsx';
import { messages } from './messages.ts';

const KINDS: readonly CorrectionKind[] = ['key', 'drop', 'all-correct', 'points'];

/** Asks which question is corrected and how; shows the question itself, with its key in a form. */
export function CorrectDialog(props: { exam: Exam; open: boolean; onClose: () => void; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [itemId, setItemId] = createSignal('');
  const [kind, setKind] = createSignal<CorrectionKind>('drop');
  const [who, setWho] = createSignal<'everybody' | 'answered'>('everybody');
  const [points, setPoints] = createSignal<number>();
  const [form, setForm] = createStore<{ draft: Draft | undefined }>({ draft: undefined });
  let key = commandKey();
  // as they count now, whatever became of the questions in the bank
  const items = createLoad(() => (props.open ? props.exam.id : undefined), loadItems);
  const item = (): CountingItem | undefined => items.value()?.find((one) => one.itemId === itemId());
  createEffect(on(() => props.open, (isOpen) => isOpen && (key = commandKey())));
  createEffect(on(item, (found) => {
    setForm('draft', reconcile(found === undefined ? undefined : keyDraft(found)));
    setPoints(found === undefined ? undefined : Number(found.points));
    if (found !== undefined) setKind(hasKey(found) ? 'key' : 'drop');
  }));
  const kinds = (): readonly CorrectionKind[] => KINDS.filter((one) => one !== 'key' || item() === undefined || hasKey(item()!));
  const change = () => (item() === undefined ? undefined : correctionOf(item()!, { kind: kind(), who: who(), points: points(), draft: form.draft === undefined ? undefined : (JSON.parse(JSON.stringify(form.draft)) as Draft) }));
  const nameOf = ({ number, drawn, points: worth, question, rule }: CountingItem): string => [
    `${number === null ? t('drawnOf', { number: drawn ?? 0, points: worth }) : t('questionOf', { number, points: worth })}: ${shorten(plainLine(question.text))}`, ...(rule === null ? [] : [t(`did.${rule}`)]),
  ].join(', ');
  return (
    <ConfirmDialog
      open={props.open} onClose={props.onClose} title={t('correctTitle')} scope={t('correctScope')} verb={t('correctVerb')} busyText={t('computing')} size={640} reason="required" reasonLabel={t('reason')}
      disabled={change() === undefined}
      onConfirm={async ({ reason }) => { await previewRegrade(props.exam.id, { changes: [change()!], reason }, key); props.onDone(); }}
    >
      <Show when={items.error()}>{(problem) => <ProblemView compact problem={problem()} onRetry={items.reload} busy={items.isLoading()} />}</Show>
      <Select label={t('question')} placeholder={items.value() === undefined ? t('questionsLoading') : t('pickQuestion')} value={itemId()} onChange={setItemId} options={(items.value() ?? []).map((one) => ({ value: one.itemId, label: nameOf(one) }))} />
      <Show when={item()}>
        {(found) => (
          <>
            <div class="CorrectDialog__question" tabindex={0}><RichText text={found().question.text} /></div>
            <RadioGroup label={t('kind')} value={kind()} onChange={setKind} options={kinds().map((value) => ({ value, label: t(`kind.${value}`), hint: t(`kind.${value}Help`) }))} />
            <Show when={kind() === 'key' && form.draft}>
              {(draft) => (
                <ErrorsProvider value={() => keyErrors(JSON.parse(JSON.stringify(draft())) as Draft).filter(({ pointer }) => pointer.startsWith('/key'))}>
                  <KeyEditor draft={draft()} change={(work) => setForm('draft', produce((now) => now !== undefined && work(now)))} />
                </ErrorsProvider>
              )}
            </Show>
            <Show when={kind() === 'all-correct'}><Segmented label={t('who')} value={who()} onChange={setWho} options={[{ value: 'everybody', label: t('who.everybody') }, { value: 'answered', label: t('who.answered') }]} /></Show>
            <Show when={kind() === 'points'}><NumberInput label={t('points')} value={points()} onChange={setPoints} min={0} step={0.5} /></Show>
          </>
        )}
      </Show>
    </ConfirmDialog>
  );
}

function shorten(text: string): string {
  return text.length > 70 ? `${text.slice(0, 69)}…` : text;
}
