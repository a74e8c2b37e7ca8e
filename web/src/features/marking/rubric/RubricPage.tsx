import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createEffect, createSignal, For, Index, on, type JSX, Show } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { createLeaveGuard } from '#web/lib/create-leave-guard.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { loadOverview, loadRubric, type Rubric, saveRubric } from '../api.ts';
import { MarkingFrame } from '../MarkingFrame.tsx';
import { messages } from '../messages.ts';
import { inSentence, questionName } from '../question-name.ts';
import { bare, signed } from '../points-text.ts';
import { createRubric, type CriterionDraft, type RubricDraft } from './create-rubric.ts';

import './rubric-page.css';

/** Writes the rubric of an item. */
export function RubricPage(props: { examId: string; itemId: string }): JSX.Element {
  const t = useMessages(messages);
  const overview = createLoad(() => props.examId, loadOverview);
  const load = createLoad(() => props.itemId, (itemId, signal) => loadRubric(props.examId, itemId, signal), { forget: true });
  const draft = createRubric(() => crypto.randomUUID().slice(0, 8));
  const [theirs, setTheirs] = createSignal<Rubric>();
  const [isTried, setTried] = createSignal(false);
  const guard = createLeaveGuard(draft.isChanged);
  const item = () => overview.value()?.items.find(({ itemId }) => itemId === props.itemId);
  const max = (): string => bare(load.value()?.maxPoints ?? item()?.maxPoints ?? '0');
  createEffect(on(load.value, (rubric) => rubric !== undefined && theirs() === undefined && !draft.isChanged() && draft.begin(rubric)));
  const act = createAct(async (version: number) => {
    try {
      const saved = await saveRubric(props.examId, props.itemId, draft.input(), version);
      setTheirs(undefined);
      draft.begin(saved);
      load.take(saved);
      toast(t('rubricSaved', { version: saved.version }));
    } catch (thrown) {
      if (!isProblem(thrown, 'version-conflict')) throw thrown;
      setTheirs(await loadRubric(props.examId, props.itemId));
    }
  });
  const save = (version: number): void => {
    setTried(true);
    if (draft.isComplete()) void act.run(version);
  };
  return (
    <MarkingFrame examId={props.examId} title={t('rubricOf', { name: inSentence(questionName(t, item())) })}>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" count={2} height="140px" /> : <ProblemView problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(rubric) => (
          <form class="RubricPage" novalidate onSubmit={(event) => (event.preventDefault(), save(rubric().version))} onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && (event.preventDefault(), save(rubric().version))}>
            <Show when={theirs()}>
              {(other) => (
                <Banner tone="attention" live="alert" title={t('rubricConflict', { name: other().editedBy?.name ?? '–' })} actions={<><Button size="small" onClick={() => (draft.begin(other()), load.take(other()), setTheirs(undefined))}>{t('rubricTheirs')}</Button><Button size="small" kind="primary" busy={act.isBusy()} busyText={t('saving')} onClick={() => save(other().version)}>{t('rubricMine')}</Button></>}>
                  <p>{t('rubricConflictHelp', { version: other().version })}</p>
                  <ul class="RubricPage__theirs" aria-label={t('rubricTheirLines')}><For each={other().criteria}>{(line) => <li dir="auto">{line.label} <span class="soft">{line.points === undefined ? (line.levels ?? []).map(({ label, points }) => `${label} ${bare(points)}`).join(', ') : signed(line.points)}</span></li>}</For></ul>
                </Banner>
              )}
            </Show>
            <Show when={rubric().olderMarks > 0}><Banner tone="info" title={t('rubricMarks', { count: rubric().olderMarks })} /></Show>
            <Card title={t('rubricOf', { name: inSentence(questionName(t, item())) })} badge={<span class="soft small">{t('rubricSub', { version: rubric().version, max: max() })}</span>}>
              <p class="RubricPage__question" dir="auto">{item()?.text}</p>
              <RadioGroup beside label={t('rubricKind')} value={draft.kind()} onChange={(kind) => draft.setKind(kind as Rubric['kind'])} options={[{ value: 'additive', label: t('rubricAdditive'), hint: t('rubricAdditiveHint') }, { value: 'level', label: t('rubricLevel'), hint: t('rubricLevelHint') }]} />
            </Card>
            <Show when={draft.lines().length > 0} fallback={<EmptyState title={t('rubricEmpty')} />}>
              <ol class="RubricPage__lines"><Index each={draft.lines()}>{(line, index) => <Line draft={draft} line={line()} index={index} last={draft.lines().length - 1} />}</Index></ol>
            </Show>
            <div class="RubricPage__foot">
              <Button icon={Plus} onClick={() => draft.addLine()}>{draft.kind() === 'additive' ? t('addLine') : t('addCriterion')}</Button>
              <span class="soft small"><Show when={draft.lines().length > 0 && draft.highest()}>{(highest) => <>{t(Number(highest()) < Number(max()) ? 'rubricShort' : 'rubricTotal', { highest: highest(), max: max() })}</>}</Show></span>
              <span class="RubricPage__save"><Button type="submit" kind="primary" keys="Ctrl Enter" busy={act.isBusy()} busyText={t('saving')} disabled={!draft.isChanged() || theirs() !== undefined}>{t('saveRubric')}</Button></span>
            </div>
            <p class="RubricPage__fault" role="alert">{isTried() && !draft.isComplete() ? t('rubricFault') : ''}</p>
            <Show when={act.problem()}><ProblemView compact problem={act.problem()} /></Show>
            <ConfirmDialog open={guard.isAsking()} onClose={guard.stay} title={t('leaveTitle')} scope={t('leaveScope')} verb={t('leaveVerb')} onConfirm={() => Promise.resolve(guard.leave())} />
          </form>
        )}
      </Show>
    </MarkingFrame>
  );
}

function Line(props: { draft: RubricDraft; line: CriterionDraft; index: number; last: number }): JSX.Element {
  const t = useMessages(messages);
  const name = (): string => t(props.draft.kind() === 'additive' ? 'lineLabel' : 'criterionLabel', { number: props.index + 1 });
  return (
    <li class="RubricPage__line">
      <div class="RubricPage__row">
        <TextInput label={name()} value={props.line.label} onChange={(label) => props.draft.changeLine(props.line.id, { label })} maxlength={200} dir="auto" />
        <Show when={props.draft.kind() === 'additive'}><TextInput class="RubricPage__points" label={t('linePoints')} inputmode="text" value={props.line.points} onChange={(points) => props.draft.changeLine(props.line.id, { points })} /></Show>
        <div class="RubricPage__acts">
          <IconButton icon={ArrowUp} label={t('moveUp', { name: name() })} disabled={props.index === 0} onClick={() => props.draft.moveLine(props.line.id, -1)} />
          <IconButton icon={ArrowDown} label={t('moveDown', { name: name() })} disabled={props.index === props.last} onClick={() => props.draft.moveLine(props.line.id, 1)} />
          <IconButton icon={Trash} label={t('removeLine', { name: name() })} onClick={() => props.draft.removeLine(props.line.id)} />
        </div>
      </div>
      <TextInput label={t('lineDescription')} optional value={props.line.description} onChange={(description) => props.draft.changeLine(props.line.id, { description })} maxlength={2_000} dir="auto" />
      <Show when={props.draft.kind() === 'level'}>
        <ol class="RubricPage__levels">
          <Index each={props.line.levels}>
            {(level, index) => (
              <li class="RubricPage__row">
                <TextInput label={t('levelLabel', { number: index + 1 })} value={level().label} onChange={(label) => props.draft.changeLevel(props.line.id, level().id, { label })} maxlength={200} dir="auto" />
                <TextInput class="RubricPage__points" label={t('linePoints')} inputmode="text" value={level().points} onChange={(points) => props.draft.changeLevel(props.line.id, level().id, { points })} />
                <div class="RubricPage__acts"><IconButton icon={Trash} label={t('removeLine', { name: t('levelLabel', { number: index + 1 }) })} onClick={() => props.draft.removeLevel(props.line.id, level().id)} /></div>
              </li>
            )}
          </Index>
        </ol>
        <Button size="small" kind="quiet" icon={Plus} onClick={() => props.draft.addLevel(props.line.id)}>{t('addLevel')}</Button>
      </Show>
    </li>
  );
}
