import Check from 'lucide-solid/icons/check';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';

import type { ReviewAnswers, SessionStory } from './api.ts';
import { messages } from './messages.ts';

/** What can be told of the completeness of a session's records from what this page has read. */
export function RecordsCard(props: { story: SessionStory; answers: ReviewAnswers | undefined }): JSX.Element {
  const t = useMessages(messages);
  const sum = (kind: string, member: string): number => props.story.entries.reduce((total, entry) => total + (entry.kind === kind ? Number(entry.detail[member] ?? 0) : 0), 0);
  const versions = (): number[] => props.story.entries.map(({ detail }) => detail['sessionVersion']).filter((version) => typeof version === 'number');
  const isWhole = (): boolean => new Set(versions()).size >= props.story.review.session.version - 1;
  const saves = (): number => sum('answers-saved', 'saves');
  const revisions = (): number | undefined => props.answers?.sections.flatMap(({ items }) => items).reduce((total, { revisions: count }) => total + count, 0);
  return (
    <Card title={t('checks')} level={2}>
      <div class="stack small">
        <Line ok={isWhole()}>{isWhole() ? t('checkVersions', { count: props.story.review.session.version }) : t('checkVersionsBroken')}</Line>
        <Show when={revisions()}>{(count) => <Line ok={saves() === count()}>{t('checkSaves', { saves: saves(), revisions: count() })}</Line>}</Show>
        <Line ok>{t('checkRefused', { count: props.story.review.refusedAnswers })}</Line>
      </div>
    </Card>
  );
}

function Line(props: { ok: boolean; children: JSX.Element }): JSX.Element {
  return (
    <span class="row">
      <Show when={props.ok} fallback={<TriangleAlert class="ink-attention" />}><Check class="ink-done" /></Show>
      <span>{props.children}</span>
    </span>
  );
}
