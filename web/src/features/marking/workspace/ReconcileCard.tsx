import { createSignal, For, type JSX, Show } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { type Answer, reconcile } from '../api.ts';
import { messages } from '../messages.ts';
import { bare } from '../points-text.ts';
import { MarkSide } from './MarkSide.tsx';
import { pointsFault, readPoints } from './rubric-points.ts';

/** Two marks that differ too much, side by side: somebody agrees on one of them, or on another. */
export function ReconcileCard(props: { answer: Answer; onDone: (answer: Answer) => void }): JSX.Element {
  const t = useMessages(messages);
  const [points, setPoints] = createSignal('');
  const [comment, setComment] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  const key = commandKey();
  const act = createAct(async () => {
    const done = await reconcile(props.answer, { points: readPoints(points()), comment: comment().trim() === '' ? null : comment(), closedVersion: props.answer.closedVersion }, key);
    props.onDone(done);
  });
  const fault = () => pointsFault(points(), props.answer.maxPoints);
  const agree = (): void => {
    setTried(true);
    if (fault() === undefined) void act.run();
  };
  const use = (mark: Answer['marks'][number]): void => {
    setPoints(bare(mark.points));
    if (comment().trim() === '') setComment(mark.comment ?? '');
  };
  return (
    <Card title={t('reconcileTitle')}>
      <div class="stack">
        <p class="soft">{t('reconcileHelp', { by: bare(String(Math.abs(Number(props.answer.marks[0]?.points ?? 0) - Number(props.answer.marks[1]?.points ?? 0)))) })}</p>
        <div class="MarkSides">
          <For each={props.answer.marks}>
            {(mark) => <MarkSide title={t(`roleOf.${mark.role}`, { name: mark.grader.name })} mark={mark} rubric={props.answer.rubric} max={props.answer.maxPoints}><Button size="small" aria-pressed={points() === bare(mark.points)} onClick={() => use(mark)}>{t('useThis', { points: bare(mark.points) })}</Button></MarkSide>}
          </For>
        </div>
        <Show when={props.answer.mayReconcile} fallback={<p>{t('reconcileNot')}</p>}>
          <TextInput label={t('agreedPoints')} inputmode="decimal" autocomplete="off" value={points()} onChange={setPoints} unit={t('ofMax', { max: bare(props.answer.maxPoints) })} error={fault() !== undefined && (isTried() || fault() !== 'missing') ? t(`fault.${fault()!}`, { max: bare(props.answer.maxPoints) }) : undefined} />
          <TextArea label={t('comment')} hint={t('commentHint')} rows={2} maxlength={5_000} value={comment()} onChange={setComment} dir="auto" />
          <Show when={act.problem()}><ProblemView compact problem={act.problem()} /></Show>
          <Button kind="primary" keys="Ctrl Enter" busy={act.isBusy()} busyText={t('saving')} onClick={agree} data-agree="">{fault() === undefined ? t('agreeOn', { points: readPoints(points()) }) : t('agree')}</Button>
        </Show>
      </div>
    </Card>
  );
}
