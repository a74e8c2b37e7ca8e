import { For, type JSX, Show } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import type { MarkerMark, Rubric } from '../api.ts';
import { messages } from '../messages.ts';
import { bare } from '../points-text.ts';

import './mark-side.css';

/** What one grader gave, beside what another did. */
export function MarkSide(props: { title: string; mark: Pick<MarkerMark, 'points' | 'comment' | 'selection' | 'annotations'> & { completedAt?: string }; rubric: Rubric; max: string; children?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const chosen = (): string[] => (props.mark.selection ?? []).flatMap(({ criterionId, levelId }) => {
    const criterion = props.rubric.criteria.find(({ id }) => id === criterionId);
    if (criterion === undefined) return [];
    const level = criterion.levels?.find(({ id }) => id === levelId);
    return [level === undefined ? criterion.label : `${criterion.label}: ${level.label}`];
  });
  return (
    <section class="MarkSide" aria-label={props.title}>
      <header><h3>{props.title}</h3><Show when={props.mark.completedAt}>{(at) => <span class="soft">{formatTime(at(), { seconds: true })}</span>}</Show></header>
      <p class="MarkSide__points"><b>{bare(props.mark.points)}</b> {t('ofMax', { max: bare(props.max) })}</p>
      <Show when={chosen().length > 0}><ul class="MarkSide__chosen"><For each={chosen()}>{(line) => <li dir="auto">{line}</li>}</For></ul></Show>
      <p class="MarkSide__comment" dir="auto">{props.mark.comment ?? t('noComment')}</p>
      <Show when={props.mark.annotations.length > 0}><p class="soft">{t('noteCount', { count: props.mark.annotations.length })}</p></Show>
      <Show when={props.children}><div class="MarkSide__acts">{props.children}</div></Show>
    </section>
  );
}
