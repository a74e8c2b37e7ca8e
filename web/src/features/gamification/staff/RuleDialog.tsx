import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { createEffect, createMemo, createSignal, Index, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { Combobox } from '#web/ui/Combobox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Select } from '#web/ui/Select.tsx';
import { Switch } from '#web/ui/Switch.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { type AchievementRule, type Condition, createRule, type Gamification, type RulePreview, saveRule } from '../api.ts';
import { type ConditionForm, NEW_CONDITION, toCondition, toForm } from './condition-form.ts';
import { createPreview } from './create-preview.ts';
import { messages } from './messages.ts';

const MOST_CONDITIONS = 5;
const SHOWN_NAMES = 12;

/** Makes or changes a badge of the teacher; who would have it stands beside it all the time. */
export function RuleDialog(props: { settings: Gamification; rule: AchievementRule | 'new' | undefined; onClose: () => void; onSaved: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [name, setName] = createSignal('');
  const [description, setDescription] = createSignal('');
  const [active, setActive] = createSignal(true);
  const [forms, setForms] = createSignal<readonly ConditionForm[]>([NEW_CONDITION]);
  const [isTried, setTried] = createSignal(false);
  let key = commandKey();
  const kept = (): AchievementRule | undefined => (props.rule === 'new' ? undefined : props.rule);
  createEffect(on(() => props.rule, () => {
    setName(kept()?.name ?? '');
    setDescription(kept()?.description ?? '');
    setActive(kept()?.active ?? true);
    setForms(kept()?.conditions.map(toForm) ?? [NEW_CONDITION]);
    setTried(false);
    key = commandKey();
  }));
  const conditions = createMemo((): readonly Condition[] | undefined => {
    const all = forms().map(toCondition);
    return props.rule !== undefined && all.every((one) => one !== undefined) ? all : undefined;
  });
  const preview = createPreview(() => props.settings.batchId, conditions);
  const save = createAct(async () => {
    const body = { name: name().trim(), description: description().trim(), active: active(), conditions: [...conditions()!] };
    await (kept() === undefined ? createRule(props.settings.batchId, body, key) : saveRule(kept()!, body));
    props.onSaved();
  });
  async function submit(): Promise<void> {
    setTried(true);
    if (name().trim() !== '' && conditions() !== undefined && (await save.run())) props.onClose();
  }
  const change = (index: number, part: Partial<ConditionForm>): void => void setForms((all) => all.map((form, at) => (at === index ? { ...form, ...part } : form)));
  return (
    <Dialog
      open={props.rule !== undefined} onClose={() => props.onClose()} title={t(kept() === undefined ? 'newBadge' : 'editTitle')} size={940} busy={save.isBusy()} onSubmit={() => void submit()}
      footer={<><Button onClick={() => props.onClose()}>{t('cancel')}</Button><Button type="submit" kind="primary" busy={save.isBusy()} busyText={t('saving')}>{t(kept() === undefined ? 'create' : 'save')}</Button></>}
    >
      <div class="RuleForm">
        <div class="stack">
          <TextInput label={t('name')} value={name()} onChange={setName} maxlength={60} error={isTried() && name().trim() === '' ? t('nameMissing') : undefined} />
          <TextInput label={t('description')} hint={t('descriptionHint')} optional value={description()} onChange={setDescription} maxlength={300} />
          <h3 class="RuleForm__title">{t('conditions')} <Show when={forms().length > 1}><span class="soft small">{t('conditionsAll')}</span></Show></h3>
          <Index each={forms()}>
            {(form, index) => <ConditionFields form={form()} number={index + 1} settings={props.settings} onChange={(part) => change(index, part)} onRemove={forms().length > 1 ? () => setForms((all) => all.filter((_, at) => at !== index)) : undefined} />}
          </Index>
          <div><Button size="small" icon={Plus} disabled={forms().length >= MOST_CONDITIONS} onClick={() => setForms((all) => [...all, NEW_CONDITION])}>{t('addCondition')}</Button></div>
          <Switch end checked={active()} onChange={setActive}>{t('visible')}</Switch>
          <Show when={save.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
        </div>
        <section class="RuleForm__preview" aria-label={t('preview')}>
          <h3 class="RuleForm__title">{t('preview')}</h3>
          <Show when={conditions()} fallback={<p class="soft">{t('previewWait')}</p>}>
            <Show when={preview.error() === undefined} fallback={<ProblemView compact problem={preview.error()} onRetry={preview.reload} />}>
              <Show when={preview.value()} fallback={<p class="soft">{t('previewing')}</p>}>{(found) => <Preview found={found()} />}</Show>
            </Show>
          </Show>
        </section>
      </div>
    </Dialog>
  );
}

function Preview(props: { found: RulePreview }): JSX.Element {
  const t = useMessages(messages);
  const shown = (): RulePreview['students'] => props.found.students.slice(0, SHOWN_NAMES);
  return (
    <div class="stack" aria-live="polite">
      <p><b>{t('previewCount', props.found.count, props.found.of)}</b></p>
      <Show when={props.found.count > 0} fallback={<p class="soft">{t('previewNone')}</p>}>
        <ul class="RuleForm__names"><Index each={shown()}>{(student) => <li class="clip" dir="auto">{student().name}</li>}</Index></ul>
        <Show when={props.found.count > shown().length}><p class="soft">{t('previewMore', props.found.count - shown().length)}</p></Show>
      </Show>
    </div>
  );
}

function ConditionFields(props: { form: ConditionForm; number: number; settings: Gamification; onChange: (part: Partial<ConditionForm>) => void; onRemove: (() => void) | undefined }): JSX.Element {
  const t = useMessages(messages);
  const exams = createMemo(() => props.settings.exams.map(({ id, title }) => ({ value: id, label: title })));
  return (
    <fieldset class="RuleForm__condition">
      <legend class="visually-hidden">{t('condition', { number: props.number })}</legend>
      <div class="RuleForm__line">
        <Select label={t('kind')} value={props.form.kind} onChange={(kind) => props.onChange({ kind })} options={(['score', 'streak', 'improvement'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} />
        <NumberInput label={t(props.form.kind === 'improvement' ? 'byPercent' : 'percent')} unit="%" min={0} max={100} step={0.01} value={props.form.percent} onChange={(percent) => props.onChange({ percent })} />
        <Show when={props.form.kind !== 'improvement'}><NumberInput label={t('count')} min={1} max={50} value={props.form.exams} onChange={(count) => props.onChange({ exams: count })} /></Show>
        <Show when={props.onRemove}>{(remove) => <IconButton icon={X} label={t('removeCondition', { number: props.number })} onClick={() => remove()()} />}</Show>
      </div>
      <div class="RuleForm__scope">
        <Combobox multiple label={t('inExams')} hint={t('inExamsHint')} options={exams()} value={exams().filter(({ value }) => props.form.examIds.includes(value))} onChange={(chosen) => props.onChange({ examIds: chosen.map(({ value }) => value) })} />
        <TextInput label={t('tag')} hint={t('tagHint')} maxlength={100} value={props.form.tag} onChange={(tag) => props.onChange({ tag })} />
      </div>
    </fieldset>
  );
}
