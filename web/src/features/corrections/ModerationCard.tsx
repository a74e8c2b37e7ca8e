import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { addModeration, loadModerations, type Moderation, undoModeration } from './api.ts';
import { messages } from './messages.ts';
import { ModerationPreview } from './ModerationPreview.tsx';
import { meanText } from './percent.ts';

/** Steps that are applied to the sum of the marks, in their order. */
export function ModerationCard(props: { examId: string; onChange: () => void }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.examId, loadModerations);
  const [adds, setAdds] = createSignal(false);
  const [undoes, setUndoes] = createSignal<Moderation>();
  const [kind, setKind] = createSignal<'add' | 'scale'>('add');
  const [value, setValue] = createSignal<number>();
  const [cap, setCap] = createSignal<number>();
  let key = commandKey();
  createEffect(on(() => adds() || undoes(), (isOpen) => isOpen && (key = commandKey())));
  const what = (step: Moderation): string => [step.kind === 'add' ? t('added', { points: step.points ?? '' }) : t('scaled', { factor: step.factor ?? '' }), ...(step.cap === null ? [] : [t('capped', { points: step.cap })])].join(', ');
  const isFit = (): boolean => value() !== undefined && (kind() === 'add' ? value() !== 0 : value()! > 0 && value()! <= 10) && (cap() === undefined || cap()! > 0);
  const done = (): void => {
    load.reload();
    props.onChange();
  };
  async function add(reason: string): Promise<void> {
    const rest = { cap: cap() ?? null, reason };
    await addModeration(props.examId, kind() === 'add' ? { kind: 'add', points: value()!, ...rest } : { kind: 'scale', factor: value()!, ...rest }, key);
    done();
  }
  return (
    <Card title={t('moderation')} actions={<Button onClick={() => setAdds(true)}>{t('moderate')}</Button>}>
      <p class="small soft">{t('moderationHelp')}</p>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="60px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(steps) => (
          <Show when={steps().length > 0} fallback={<p class="small">{t('moderationNone')}</p>}>
            <ol class="Moderations">
              <For each={steps()}>
                {(step) => (
                  <li data-undone={step.undoneAt === null ? undefined : ''}>
                    <div>
                      <b>{what(step)}</b><Show when={step.effect}>{(effect) => <span class="soft"> {t('effect', { before: meanText(effect().meanBefore), after: meanText(effect().meanAfter) })}</span>}</Show>
                      <p dir="auto">{step.reason}</p>
                      <p class="soft">{t('by', { name: step.createdBy.name, when: formatDateTime(step.createdAt) })}</p>
                      <Show when={step.undoneBy}>{(by) => <p>{t('undone', { name: by().name, reason: step.undoReason ?? '' })}</p>}</Show>
                    </div>
                    <Show when={step.undoneAt === null}><Button size="small" onClick={() => setUndoes(step)}>{t('undo')}</Button></Show>
                  </li>
                )}
              </For>
            </ol>
          </Show>
        )}
      </Show>
      <ConfirmDialog open={adds()} onClose={() => setAdds(false)} title={t('moderateTitle')} scope={t('moderateScope')} verb={t('moderateVerb')} busyText={t('busy')} size={640} reason="required" disabled={!isFit()} onConfirm={({ reason }) => add(reason)}>
        <Segmented label={t('how')} value={kind()} onChange={setKind} options={[{ value: 'add', label: t('how.add') }, { value: 'scale', label: t('how.scale') }]} />
        <NumberInput label={t(kind() === 'add' ? 'points' : 'factor')} hint={t('limits')} value={value()} onChange={setValue} step={0.01} />
        <NumberInput label={t('cap')} optional hint={t('capHint')} value={cap()} onChange={setCap} min={0} step={0.5} />
        <ModerationPreview examId={props.examId} change={adds() && isFit() ? { kind: kind(), amount: value()!, cap: cap() } : undefined} />
      </ConfirmDialog>
      <ConfirmDialog
        open={undoes() !== undefined} onClose={() => setUndoes(undefined)} title={t('undoTitle')} scope={t('undoScope')} verb={t('undoVerb')} busyText={t('busy')} reason="required"
        size={640}
        onConfirm={async ({ reason }) => { await undoModeration(props.examId, undoes()!.id, reason, key); done(); }}
      >
        <ModerationPreview examId={props.examId} change={undoes() === undefined ? undefined : { without: undoes()!.id }} />
      </ConfirmDialog>
    </Card>
  );
}
