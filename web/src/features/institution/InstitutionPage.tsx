import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { BandTable } from '#web/features/corrections/BandTable.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { type Institution, loadInstitution, saveInstitution } from './api.ts';
import { ColourField } from './ColourField.tsx';
import { changeOf, type Draft, draftOf, type DraftProblems, problemsOf } from './draft.ts';
import { LogoField } from './LogoField.tsx';
import { messages } from './messages.ts';
import { ReportPreview } from './ReportPreview.tsx';

import './institution.css';

/** How the institution appears on reports and what new exams grade with, with a sample report beside it. */
export function InstitutionPage(): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => true, (_, signal) => loadInstitution(signal));
  createTitle(() => t('institution'));
  useShell().setBreadcrumbs(() => [{ label: t('institution') }]);
  return (
    <>
      <PageHeader title={t('institution')} sub={t('sub')} />
      <PageBody class="Institution">
        <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" count={2} height="320px" /> : <ProblemView problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
          {(found) => <InstitutionForm institution={found()} onSaved={load.take} onReload={load.reload} />}
        </Show>
      </PageBody>
    </>
  );
}

function InstitutionForm(props: { institution: Institution; onSaved: (institution: Institution) => void; onReload: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [draft, setDraft] = createSignal<Draft>(draftOf(props.institution));
  const [colour, setColour] = createSignal(props.institution.colour);
  const [isSaved, setSaved] = createSignal(false);
  createEffect(on(() => props.institution, (institution) => setDraft(draftOf(institution)), { defer: true }));
  // a colour that is half typed leaves the sample as it was
  createEffect(() => !problems().colour && setColour(draft().colour));
  const problems = (): DraftProblems => problemsOf(draft());
  const isChanged = (): boolean => JSON.stringify(draft()) !== JSON.stringify(draftOf(props.institution));
  const isWrong = (): boolean => Object.keys(problems()).length > 0;
  const change = (part: Partial<Draft>): void => void setDraft({ ...draft(), ...part });
  const save = createAct(async () => {
    props.onSaved(await saveInstitution(props.institution.version, changeOf(draft())));
    setSaved(true);
  });
  return (
    <form class="Institution__form" onSubmit={(event) => (event.preventDefault(), isChanged() && !isWrong() && void save.run())}>
      <div class="Institution__fields">
        <Card title={t('appearance')}>
          <div class="Institution__card">
            <TextInput label={t('name')} hint={t('nameHint')} value={draft().name} onChange={(name) => change({ name })} maxlength={200} />
            <LogoField mediaId={draft().logoMediaId} onChange={(logoMediaId) => change({ logoMediaId })} />
            <ColourField value={draft().colour} problems={problems()} onChange={(next) => change({ colour: next })} />
            <TextArea label={t('address')} hint={t('addressHint')} value={draft().address} onChange={(address) => change({ address })} rows={3} maxlength={400} />
            <TextInput label={t('footer')} hint={t('footerHint')} value={draft().footer} onChange={(footer) => change({ footer })} maxlength={300} />
            <NumberInput label={t('days')} hint={t('daysHint')} unit={t('daysUnit')} min={1} max={3650} step={1} value={draft().reportDays} onChange={(reportDays) => change({ reportDays })} error={problems().reportDays ? t('daysWrong') : undefined} />
          </div>
        </Card>
        <Card title={t('letters')}>
          <div class="Institution__card">
            <p class="small soft">{t('lettersHelp')}</p>
            <BandTable bands={draft().letters} onChange={(letters) => change({ letters })} />
            <p class="Field__error" role="alert"><Show when={problems().letters}><span>{t('lettersWrong')}</span></Show></p>
          </div>
        </Card>
        <div class="Institution__act">
          <Button type="submit" kind="primary" busy={save.isBusy()} busyText={t('saving')} disabled={!isChanged() || isWrong()}>{t('save')}</Button>
          <span role="status" class="small soft">{isChanged() ? t('unsaved') : isSaved() ? t('saved') : ''}</span>
        </div>
        <Show when={save.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={() => (save.clear(), props.onReload())} />}</Show>
      </div>
      <aside class="Institution__preview" aria-label={t('preview')}>
        <p class="small"><b>{t('preview')}</b> <span class="soft">{t('previewHelp')}</span></p>
        <ReportPreview draft={draft()} colour={colour()} />
      </aside>
    </form>
  );
}
