import { createEffect, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Progress } from '#web/ui/Progress.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { actOnRegrade, type CountingItem, loadItems, loadRegrades, type Regrade } from './api.ts';
import { Changes } from './Changes.tsx';
import { CorrectDialog } from './CorrectDialog.tsx';
import { messages } from './messages.ts';
import { meanText } from './percent.ts';

const LOOK_AGAIN_MS = 1_500;

/** Corrections of questions: preview, apply or discard, and what was corrected before. */
export function Regrades(props: { exam: Exam; onApplied: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [asks, setAsks] = createSignal(false);
  const load = createLoad(() => props.exam.id, loadRegrades);
  const items = createLoad(() => props.exam.id, loadItems);
  createEffect(on(() => load.value()?.some(({ state }) => state === 'applying') ?? false, (isApplying, wasApplying) => {
    if (wasApplying === true && !isApplying) props.onApplied();
    if (!isApplying) return;
    const timer = setInterval(load.reload, LOOK_AGAIN_MS);
    onCleanup(() => clearInterval(timer));
  }));
  return (
    <Card title={t('regrades')} actions={<Button kind={load.value()?.some(({ state }) => state === 'preview') === true ? 'secondary' : 'primary'} onClick={() => setAsks(true)}>{t('correct')}</Button>}>
      <p class="small soft">{t('regradesHelp')}</p>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="120px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(all) => <For each={all()} fallback={<p class="small">{t('regradesNone')}</p>}>{(regrade) => <RegradeView items={items.value() ?? []} regrade={regrade} onChange={load.reload} />}</For>}
      </Show>
      <CorrectDialog exam={props.exam} open={asks()} onClose={() => setAsks(false)} onDone={load.reload} />
    </Card>
  );
}

function RegradeView(props: { items: readonly CountingItem[]; regrade: Regrade; onChange: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [applies, setApplies] = createSignal(false);
  let key = commandKey();
  createEffect(on(applies, (isOpen) => isOpen && (key = commandKey())));
  const act = createAct(async (what: 'discard' | 'recompute') => {
    await actOnRegrade(props.regrade.id, what, commandKey());
    props.onChange();
  });
  const nameOf = (itemId: string): string => {
    const item = props.items.find((one) => one.itemId === itemId);
    return item?.drawn == null ? t('questionName', { number: item?.number ?? '–' }) : t('drawnName', { number: item.drawn });
  };
  const sums = () => props.regrade.summary;
  const facts = (): [string, string][] => [
    [t('up'), String(sums().raised)], [t('down'), String(sums().lowered)], [t('passGained'), String(sums().passGained)], [t('passLost'), String(sums().passLost)],
    [t('gradeUp'), String(sums().gradeRaised)], [t('gradeDown'), String(sums().gradeLowered)], [t('mean'), t('meanOf', { before: meanText(sums().meanPercentBefore), after: meanText(sums().meanPercentAfter) })],
    ...(sums().keptManual > 0 ? [[t('kept'), String(sums().keptManual)] as [string, string]] : []),
  ];
  return (
    <section class="Regrade" data-state={props.regrade.state}>
      <header class="row wrap between">
        <h3><For each={props.regrade.changes}>{(change) => <span>{t('change', { name: nameOf(change.itemId), what: t(`did.${change.kind}`, { points: change.points ?? '' }) })} </span>}</For></h3>
        <Badge tone={props.regrade.state === 'applied' ? 'done' : props.regrade.state === 'discarded' ? 'neutral' : 'attention'}>{t(`state.${props.regrade.state}`)}</Badge>
      </header>
      <p class="small" dir="auto">{props.regrade.reason}</p>
      <p class="small soft">{t('by', { name: props.regrade.createdBy.name, when: formatDateTime(props.regrade.createdAt) })}</p>
      <Show when={props.regrade.state !== 'discarded'}>
        <p><b>{t(props.regrade.state === 'applied' ? 'sumsDone' : 'sums', { marks: sums().changedMarks, sessions: sums().changedSessions, all: sums().sessions })}</b></p>
        <Facts items={facts()} />
      </Show>
      <Show when={props.regrade.state === 'applying' && props.regrade.run}>{(run) => <Progress label={t('state.applying')} value={run().progress.done} max={Math.max(1, run().progress.total)} text={t('applying', run().progress)} />}</Show>
      <Show when={props.regrade.state === 'preview'}>
        <Show when={props.regrade.stale}><Notice tone="attention">{t('stale')}</Notice></Show>
        <div class="row wrap">
          <Show when={!props.regrade.stale} fallback={<Button kind="primary" busy={act.isBusy()} busyText={t('computing')} onClick={() => void act.run('recompute')}>{t('recompute')}</Button>}>
            <Button kind="primary" onClick={() => setApplies(true)}>{t('apply')}</Button>
          </Show>
          <Button disabled={act.isBusy()} onClick={() => void act.run('discard')}>{t('discard')}</Button>
        </div>
        <Show when={act.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
      </Show>
      <Show when={props.regrade.state !== 'discarded'}><Changes regradeId={props.regrade.id} isOpen={props.regrade.state === 'preview'} /></Show>
      <ConfirmDialog
        open={applies()} onClose={() => setApplies(false)} title={t('applyTitle', { count: sums().changedSessions })} scope={t('applyScope')} verb={t('applyVerb')} busyText={t('busy')}
        onConfirm={async () => { await actOnRegrade(props.regrade.id, 'apply', key); props.onChange(); }}
      >
        <Facts items={facts()} />
      </ConfirmDialog>
    </section>
  );
}
