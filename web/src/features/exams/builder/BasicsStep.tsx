import { createMemo, For, Show, type JSX } from 'solid-js';

import { localZone } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { Checkbox } from '#web/ui/Checkbox.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { Select } from '#web/ui/Select.tsx';
import { Switch } from '#web/ui/Switch.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { WordsInput } from '#web/features/questions/editor/WordsInput.tsx';
import type { Builder, ExamDraft } from './create-builder.ts';
import { messages } from './messages.ts';
import { ScanCard } from './ScanCard.tsx';
import { fromWallTime, toWallTime } from './wall-times.ts';

/** First step: what the exam is called, how long it takes, how the paper behaves, what results show. */
export function BasicsStep(props: { builder: Builder }): JSX.Element {
  const t = useMessages(messages);
  const draft = (): ExamDraft => props.builder.draft;
  const set = (change: Partial<ExamDraft>): void => props.builder.set(change);
  const hasVideo = createMemo(() => draft().proctoring === 'video');
  const watching = createMemo(() => [{ value: 'none' as const, label: t('proctoring.none') }, { value: 'events' as const, label: t('proctoring.events'), hint: t('proctoring.events.hint') }, ...(hasVideo() ? [{ value: 'video' as const, label: t('proctoring.video') }] : [])]);
  const error = (pointer: string): { error?: string } => { const text = props.builder.errorAt(pointer); return text === undefined ? {} : { error: text }; };
  return (
    <>
      <Card title={t('about')}>
        <div class="BuilderFields">
          <TextInput id="exam-title" label={t('examTitle')} hint={t('titleHint')} required maxlength={200} dir="auto" {...error('/title')} value={draft().title} onChange={(title) => set({ title })} />
          <TextArea label={t('description')} hint={t('descriptionHint')} optional rows={2} dir="auto" {...error('/description')} value={draft().description} onChange={(description) => set({ description })} />
          <TextArea label={t('instructions')} hint={t('instructionsHint')} optional rows={3} dir="auto" {...error('/instructions')} value={draft().instructions} onChange={(instructions) => set({ instructions })} />
        </div>
      </Card>
      <Card title={t('time')}>
        <div class="BuilderFields BuilderFields--three BuilderFields--end">
          <NumberInput label={t('duration')} hint={t('durationHint')} unit={t('durationUnit')} min={1} max={10_080} required {...error('/durationMinutes')} value={draft().durationMinutes} onChange={(minutes) => minutes !== undefined && set({ durationMinutes: minutes })} />
          <NumberInput label={t('attempts')} min={1} max={100} {...error('/attempts')} value={draft().attempts} onChange={(attempts) => attempts !== undefined && set({ attempts })} />
          <NumberInput label={t('pass')} hint={t('passHint')} unit="%" min={0} max={100} step={0.5} {...error('/passPercent')} value={draft().passPercent ?? undefined} onChange={(percent) => set({ passPercent: percent ?? null })} />
          <Show when={draft().attempts > 1}>
            <Select label={t('attemptRule')} value={draft().attemptRule} onChange={(attemptRule: ExamDraft['attemptRule']) => set({ attemptRule })} options={(['best', 'last', 'first', 'mean'] as const).map((value) => ({ value, label: t(`rule.${value}`) }))} />
          </Show>
        </div>
      </Card>
      <Card title={t('paper')}>
        <div class="BuilderFields BuilderFields--two">
          <RadioGroup label={t('navigation')} value={draft().navigation} onChange={(navigation: ExamDraft['navigation']) => set({ navigation, ...(navigation === 'forward' ? { display: 'one' as const } : {}) })} options={(['free', 'forward'] as const).map((value) => ({ value, label: t(`navigation.${value}`), hint: t(`navigation.${value}.hint`) }))} />
          <div class="stack">
            <RadioGroup label={t('display')} value={draft().display} disabled={draft().navigation === 'forward'} onChange={(display: ExamDraft['display']) => set({ display })} options={(['one', 'all'] as const).map((value) => ({ value, label: t(`display.${value}`) }))} />
          </div>
          <Switch checked={draft().shuffleItems} hint={t('shuffleItemsHint')} onChange={(shuffleItems) => set({ shuffleItems })}>{t('shuffleItems')}</Switch>
          <Switch checked={draft().shuffleOptions} onChange={(shuffleOptions) => set({ shuffleOptions })}>{t('shuffleOptions')}</Switch>
          <RadioGroup
            label={t('proctoring')}
            value={draft().proctoring}
            onChange={(proctoring: ExamDraft['proctoring']) => set({ proctoring })}
            options={watching()}
          />
          <NumberInput label={t('grace')} hint={t('graceHint')} unit={t('graceUnit')} min={0} max={600} {...error('/graceSeconds')} value={draft().graceSeconds} onChange={(seconds) => seconds !== undefined && set({ graceSeconds: seconds })} />
        </div>
      </Card>
      <ResultsCard builder={props.builder} />
      <ScanCard builder={props.builder} />
    </>
  );
}

/** What students see of their results and when, and the warnings before the end: open after the publication, too. */
export function ResultsCard(props: { builder: Builder }): JSX.Element {
  const t = useMessages(messages);
  const results = (): ExamDraft['results'] => props.builder.draft.results;
  const set = (change: Partial<ExamDraft['results']>): void => props.builder.set({ results: { ...results(), ...change } });
  return (
    <Card title={t('results')}>
      <div class="BuilderFields BuilderFields--two">
        <div class="stack">
          <RadioGroup
            label={t('release')}
            value={results().release}
            onChange={(release: ExamDraft['results']['release']) => set({ release, ...(release === 'at' && results().releaseAt === null ? { releaseAt: props.builder.exam().window?.closesAt ?? tomorrow() } : {}) })}
            options={(['manual', 'immediate', 'after-close', 'at'] as const).map((value) => ({ value, label: t(`release.${value}`) }))}
          />
          <Show when={results().release === 'at'}>
            <TextInput type="datetime-local" label={`${t('releaseAt')} (${localZone()})`} error={props.builder.errorAt('/results/releaseAt')} value={results().releaseAt === null ? '' : toWallTime(results().releaseAt!)} onChange={(local) => { const at = fromWallTime(local); if (at !== undefined) set({ releaseAt: at }); }} />
          </Show>
        </div>
        <fieldset class="BuilderGroup">
          <legend>{t('shows')}</legend>
          <For each={['score', 'items', 'key', 'feedback'] as const}>{(name) => <Checkbox checked={results()[name]} onChange={(on) => set({ [name]: on })}>{t(`show.${name}`)}</Checkbox>}</For>
        </fieldset>
        <WordsInput
          label={t('warn')}
          hint={t('warnHint')}
          placeholder={t('warnAdd')}
          value={props.builder.draft.warnMinutes.map(String)}
          onChange={(words) => props.builder.set({ warnMinutes: [...new Set(words.map(Number).filter((minutes) => Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440))].sort((one, other) => other - one).slice(0, 10) })}
        />
      </div>
    </Card>
  );
}

function tomorrow(): string {
  return new Date(Math.ceil((Date.now() + 86_400_000) / 3_600_000) * 3_600_000).toISOString();
}
