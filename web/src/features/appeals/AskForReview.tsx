import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import type { ReleasedItem } from '#web/features/results/student/api.ts';
import { summaryOf } from '#web/features/results/student/summary.ts';
import { formatDateTime, formatZone } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Select } from '#web/ui/Select.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { appeal, loadSessionAppeals, withdrawAppeal } from './api.ts';
import { messages } from './messages.ts';

import './appeals.css';

/** The own requests for a review of a result, and the way to another one while there is time. Nothing where the exam takes none. */
export function AskForReview(props: { sessionId: string; items: readonly ReleasedItem[] }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.sessionId, loadSessionAppeals);
  const [asks, setAsks] = createSignal(false);
  const [text, setText] = createSignal('');
  const [itemId, setItemId] = createSignal('');
  let key = commandKey();
  createEffect(on(asks, (isOpen) => {
    if (!isOpen) return;
    key = commandKey();
    setItemId('');
  }));
  // while one waits there can be no second about the same
  const isWaiting = (about: string | null): boolean => load.value()?.items.some((one) => one.itemId === about && (one.state === 'open' || one.state === 'assigned')) ?? false;
  const subjects = () => [
    { value: '', label: t('askWhole'), disabled: isWaiting(null) },
    ...props.items.map(({ itemId: id, item }, index) => ({ value: id, label: item === undefined ? t('itemName', { number: index + 1 }) : t('askItem', { number: index + 1, text: summaryOf(item.text) }), disabled: isWaiting(id) })),
  ];
  const nameOf = (id: string | null): string => (id === null ? t('askWhole') : t('itemName', { number: props.items.findIndex((item) => item.itemId === id) + 1 }));
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
                <h2>{t('yours')}: {nameOf(one.itemId)}</h2>
                <p class="soft">{[t('asked', { when: formatDateTime(one.createdAt) }), ...(one.decidedAt === null ? [] : [t('decidedOn', { when: formatDateTime(one.decidedAt) })])].join(', ')}</p>
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
              <p class="soft">{t('askHelp', { when: formatDateTime(found().deadlineAt!), zone: formatZone(found().deadlineAt!) })}</p>
              <Button onClick={() => setAsks(true)}>{t('ask')}</Button>
            </section>
          </Show>
          <ConfirmDialog
            open={asks()} onClose={() => setAsks(false)} title={t('askDialog')} scope={t('askScope')} verb={t('ask')} busyText={t('busy')} size={640} disabled={text().trim() === '' || isWaiting(itemId() === '' ? null : itemId())}
            onConfirm={async () => { await appeal(props.sessionId, { text: text().trim(), ...(itemId() === '' ? {} : { itemId: itemId() }) }, key); setText(''); load.reload(); }}
          >
            <Show when={props.items.length > 0}><Select label={t('askWhat')} value={itemId()} onChange={setItemId} options={subjects()} /></Show>
            <TextArea label={t('askText')} rows={5} maxlength={5_000} dir="auto" value={text()} onChange={setText} />
          </ConfirmDialog>
        </>
      )}
    </Show>
  );
}
