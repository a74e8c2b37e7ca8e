import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { type Appeal, decideAppeal, type Decision } from './api.ts';
import { messages } from './messages.ts';
import { pointsFault } from './points-fault.ts';

/** Decides an appeal: outcome, reason, and for one question its points. */
export function DecideDialog(props: { appeal: Appeal | undefined; onClose: () => void; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [outcome, setOutcome] = createSignal<Decision['outcome']>('upheld');
  const [points, setPoints] = createSignal('');
  let key = commandKey();
  createEffect(on(() => props.appeal, (one) => {
    key = commandKey();
    setOutcome('upheld');
    setPoints(one?.mark?.points ?? '');
  }));
  const asksPoints = (): boolean => props.appeal?.itemId != null && outcome() !== 'rejected';
  const max = (): string => props.appeal?.mark?.maxPoints ?? '0';
  const typed = (): string => points().trim().replace(',', '.');
  return (
    <ConfirmDialog
      open={props.appeal !== undefined} onClose={props.onClose} title={t('decideTitle', { name: props.appeal?.student.name ?? '' })} scope={t('decideScope')} verb={t('decideVerb')} busyText={t('busy')}
      reason="required" reasonLabel={t('reason')} disabled={asksPoints() && pointsFault(typed(), max())}
      onConfirm={async ({ reason }) => { await decideAppeal(props.appeal!.id, { outcome: outcome(), reason, ...(asksPoints() ? { points: typed() } : {}) }, key); props.onDone(); }}
    >
      <RadioGroup label={t('outcome')} value={outcome()} onChange={setOutcome} options={(['upheld', 'partly', 'rejected'] as const).map((value) => ({ value, label: t(`outcome.${value}`) }))} />
      <Show when={asksPoints()}><TextInput label={t('points')} inputmode="decimal" autocomplete="off" unit={t('ofMax', { max: max() })} value={points()} onChange={setPoints} error={pointsFault(typed(), max()) ? t('pointsFault', { max: max() }) : undefined} /></Show>
    </ConfirmDialog>
  );
}
