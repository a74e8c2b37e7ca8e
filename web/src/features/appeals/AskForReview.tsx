import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { appeal, loadSessionAppeals, withdrawAppeal } from './api.ts';
import { messages } from './messages.ts';

import './appeals.css';

/** The own requests for a review of a result, and the way to another one while there is time. Nothing where the exam takes none. */
export function AskForReview(props: { sessionId: string }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.sessionId, loadSessionAppeals);
  const [asks, setAsks] = createSignal(false);
  const [text, setText] = createSignal('');
  let key = commandKey();
  createEffect(on(asks, (isOpen) => isOpen && (key = commandKey())));
  const withdraw = createAct(async (id: string) => {
    await withdrawAppeal(id, commandKey());
    load.reload();
  });
  return (
    <Show when={load.value()} fallback={<Show when={load.error()}>{(problem) => <ProblemView compact problem={problem()} onRetry={load.reload} busy={load.isLoading()} />}</Show>}>
      {(found) => (
        <>
          <For each={found().items}>
            {(one) => (
              <section class="AskForReview">
                <h2>{t('yours')}</h2>
                <p role="status"><b>{one.outcome === null ? t(`own.${one.state}`) : t(`outcome.${one.outcome}`)}</b></p>
                <p class="soft" dir="auto">{one.text}</p>
                <Show when={one.reason}>{(reason) => <p dir="auto">{reason()}</p>}</Show>
                <Show when={one.state === 'open'}><Button busy={withdraw.isBusy()} busyText={t('busy')} onClick={() => void withdraw.run(one.id)}>{t('withdraw')}</Button></Show>
              </section>
            )}
          </For>
          <Show when={withdraw.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={load.reload} />}</Show>
          <Show when={found().canAppeal && found().deadlineAt !== null && !found().items.some(({ itemId, state }) => itemId === null && (state === 'open' || state === 'assigned'))}>
            <section class="AskForReview">
              <h2>{t('askTitle')}</h2>
              <p class="soft">{t('askHelp', { when: formatDateTime(found().deadlineAt!) })}</p>
              <Button onClick={() => setAsks(true)}>{t('ask')}</Button>
            </section>
          </Show>
          <ConfirmDialog
            open={asks()} onClose={() => setAsks(false)} title={t('askDialog')} scope={t('askScope')} verb={t('ask')} busyText={t('busy')} disabled={text().trim() === ''}
            onConfirm={async () => { await appeal(props.sessionId, text().trim(), key); setText(''); load.reload(); }}
          >
            <TextArea label={t('askText')} rows={5} maxlength={5_000} value={text()} onChange={setText} />
          </ConfirmDialog>
        </>
      )}
    </Show>
  );
}
