import { createEffect, createSignal, on, type JSX } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';

import { makeReports, type ReportChoice, type Run } from './api.ts';
import { messages } from './messages.ts';

const CHOICES: readonly ReportChoice[] = ['student-staff', 'student-student', 'class', 'item-analysis', 'incidents', 'close-out', 'plagiarism'];

/** Which reports, in which language. */
export function MakeDialog(props: { examId: string; open: boolean; onClose: () => void; onRun: (run: Run) => void }): JSX.Element {
  const t = useMessages(messages);
  const [choice, setChoice] = createSignal<ReportChoice>('student-staff');
  const [locale, setLocale] = createSignal<'en' | 'de'>('en');
  let key = commandKey();
  createEffect(on(() => [props.open, choice(), locale()], () => (key = commandKey())));
  return (
    <ConfirmDialog
      open={props.open} onClose={props.onClose} title={t('makeTitle')} verb={t('makeVerb')} busyText={t('making')}
      onConfirm={() => makeReports(props.examId, choice(), locale(), key).then(props.onRun)}
    >
      <RadioGroup label={t('which')} value={choice()} onChange={setChoice} options={CHOICES.map((value) => ({ value, label: t(`kind.${value}`), hint: t(`kind.${value}.hint` as 'kind.class.hint') }))} />
      <Segmented label={t('language')} value={locale()} onChange={setLocale} options={[{ value: 'en', label: t('en') }, { value: 'de', label: t('de') }]} />
    </ConfirmDialog>
  );
}
