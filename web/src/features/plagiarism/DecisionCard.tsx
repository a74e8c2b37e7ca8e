import Undo2 from 'lucide-solid/icons/undo-2';
import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { decide, type PairDetail, type PairState } from './api.ts';
import { messages } from './messages.ts';

/** Confirm, dismiss or review again, with a note; who decided before, and when. */
export function DecisionCard(props: { detail: PairDetail; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [note, setNote] = createSignal(props.detail.pair.note);
  const [isStale, setStale] = createSignal(false);
  createEffect(on(() => props.detail.pair.version, () => setNote(props.detail.pair.note), { defer: true }));
  const [undoes, setUndoes] = createSignal(false);
  const hasConsequences = (): boolean => props.detail.incidents.length > 0 || props.detail.notices.some(({ withdrawnAt }) => withdrawnAt === null);
  async function save(state: PairState): Promise<void> {
    try {
      await decide(props.detail.pair.id, { state, note: note().trim(), version: props.detail.pair.version }, commandKey());
      setStale(false);
    } catch (thrown) {
      if (!isProblem(thrown, 'version-conflict')) throw thrown;
      setStale(true);
    }
    props.onDone();
  }
  const act = createAct(save);
  const said = (entry: { state: PairState; by: { name: string } | null; at: string }): string => t('decided', { state: t(`state.${entry.state}`), name: entry.by?.name ?? t('somebody'), when: formatDateTime(entry.at) });
  const is = (state: PairState): boolean => props.detail.pair.state === state;
  return (
    <Card title={t('decision')}>
      <div class="stack small">
        <Show when={isStale()}><Notice tone="attention">{t('stale')}</Notice></Show>
        <Show when={props.detail.pair.decidedAt}>{(at) => <p role="status"><b>{said({ state: props.detail.pair.state, by: props.detail.pair.decidedBy, at: at() })}</b></p>}</Show>
        <TextArea label={t('note')} hint={t('noteHint')} rows={3} maxlength={2_000} value={note()} onChange={setNote} />
        <div class="row wrap">
          <Button kind="primary" busy={act.isBusy()} busyText={t('saving')} disabled={is('confirmed') && note() === props.detail.pair.note} onClick={() => void act.run('confirmed')}>{t('confirm')}</Button>
          <Button title={hasConsequences() && is('confirmed') ? t('undoFirst') : undefined} disabled={act.isBusy() || hasConsequences() || (is('dismissed') && note() === props.detail.pair.note)} onClick={() => void act.run('dismissed')}>{t('dismiss')}</Button>
          <Show when={!is('open')}><Button kind="quiet" icon={Undo2} disabled={act.isBusy()} onClick={() => (hasConsequences() ? setUndoes(true) : void act.run('open'))}>{t('undo')}</Button></Show>
        </div>
        <p class="soft">{t('decisionHelp')}</p>
        <Show when={act.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
        <Show when={props.detail.history.length > 1}>
          <details>
            <summary>{t('decisions')}</summary>
            <ol class="PairPage__history"><For each={props.detail.history}>{(entry) => <li>{said(entry)}<Show when={entry.note}><q dir="auto">{entry.note}</q></Show></li>}</For></ol>
          </details>
        </Show>
      </div>
      <ConfirmDialog open={undoes()} onClose={() => setUndoes(false)} title={t('undoTitle')} scope={t('undoScope')} verb={t('undo')} busyText={t('saving')} note={t('undoWithdraws')} onConfirm={() => save('open')} />
    </Card>
  );
}
