import { For, Show, type JSX } from 'solid-js';

import { mediaAddress } from '#web/features/questions/api.ts';
import { useMessages } from '#web/lib/i18n.ts';

import { type Draft, letterFor } from './draft.ts';
import { messages } from './messages.ts';

import './report-preview.css';

const SAMPLE_PERCENT = 86;

/** The first page of a sample report as it would be set, in the measures of the paper. @see activities/report/templates/report.typ */
export function ReportPreview(props: { draft: Draft; colour: string }): JSX.Element {
  const t = useMessages(messages);
  const letter = (): string | undefined => letterFor(SAMPLE_PERCENT, props.draft.letters);
  return (
    <div class="ReportPreview" role="img" aria-label={t('preview')} style={{ '--report-colour': props.colour }}>
      <div class="ReportPreview__page">
        <div class="ReportPreview__head">
          <span>{props.draft.name || t('sampleNoName')}</span>
          <Show when={props.draft.logoMediaId}>{(id) => <img src={mediaAddress(id())} alt="" />}</Show>
        </div>
        <Show when={props.draft.address}><p class="ReportPreview__address">{props.draft.address}</p></Show>
        <p class="ReportPreview__title">{t('sampleName')}</p>
        <p class="ReportPreview__sub">{t('sampleExam')}</p>
        <div class="ReportPreview__score">
          <b>{t('samplePoints')}</b>
          <span><b>{t('samplePercent')}</b><Show when={letter()}>{(found) => <span>{t('sampleGrade', { letter: found() })}</span>}</Show><span>{t('samplePassed')}</span></span>
        </div>
        <div class="ReportPreview__facts">
          <For each={[[t('sampleHanded'), t('sampleAt')], [t('sampleTeacher'), t('sampleOwner')]]}>{([name, value]) => <><span>{name}</span><span>{value}</span></>}</For>
        </div>
        <p class="ReportPreview__section">{t('sampleSection')}</p>
        <p class="ReportPreview__question"><b>{t('sampleQuestion')}</b><span>{t('sampleQuestionPoints')}</span></p>
        <p>{t('sampleAsk')}</p>
        <p class="ReportPreview__answer"><b>{t('sampleAnswer')}</b><span>{t('sampleGiven')}</span></p>
        <div class="ReportPreview__foot">
          <Show when={props.draft.footer}><p>{props.draft.footer}</p></Show>
          <p class="ReportPreview__made"><span>{t('sampleMade')}</span><span>{t('samplePage')}</span></p>
        </div>
      </div>
    </div>
  );
}
