import { createEffect, createSignal, on, type JSX } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';

import { holdResult, type ResultRow } from './api.ts';
import { messages } from './messages.ts';

/** Asks before one result is withheld, or let go again. */
export function HoldDialog(props: { row: ResultRow | undefined; isOut: boolean; onClose: () => void; onDone: (sessionId: string, withheld: boolean) => void }): JSX.Element {
  const t = useMessages(messages);
  // the texts stay while the dialog goes away
  const [row, setRow] = createSignal<ResultRow>();
  let key = '';
  createEffect(on(() => props.row, (wanted) => {
    if (wanted === undefined) return;
    setRow(wanted);
    key = commandKey();
  }));
  const isRelease = (): boolean => row()?.withheld === true;
  const name = (): string => row()?.student.name ?? '';
  async function run(reason: string): Promise<void> {
    const { sessionId, withheld } = row()!;
    await holdResult(sessionId, withheld ? 'release' : 'withhold', reason, key);
    props.onDone(sessionId, !withheld);
  }
  return (
    <ConfirmDialog
      open={props.row !== undefined}
      onClose={() => props.onClose()}
      title={isRelease() ? t('releaseTitle', { name: name() }) : t('withholdTitle', { name: name() })}
      scope={isRelease() ? t(props.isOut ? 'releaseScopeNow' : 'releaseScope') : t('withholdScope')}
      verb={isRelease() ? t('releaseVerb') : t('withholdVerb')}
      busyText={t('busy')}
      reason="required"
      note={t('logged')}
      onConfirm={({ reason }) => run(reason)}
    />
  );
}
