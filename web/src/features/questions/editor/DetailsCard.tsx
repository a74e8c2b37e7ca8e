import { For, type JSX } from 'solid-js';

import type { Difficulty } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { Facets } from '../api.ts';
import { messages as bankMessages } from '../messages.ts';
import type { Draft } from './draft.ts';
import { useErrorAt } from './errors-context.tsx';
import { messages } from './messages.ts';
import { WordsInput } from './WordsInput.tsx';

/** What the bank keeps besides the question: points, difficulty, tags, subject, topic. */
export function DetailsCard(props: { draft: Draft; change: (work: (draft: Draft) => void) => void; facets: Facets | undefined }): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  const errorAt = useErrorAt();
  const names = (of: 'tags' | 'subjects' | 'topics'): string[] => props.facets?.[of].map(({ value }) => value) ?? [];
  return (
    <Card title={t('details')} class="DetailsCard">
      <div class="DetailsCard__fields">
        <div data-pointer="/points"><TextInput label={t('points')} hint={t('pointsHint')} inputmode="decimal" error={errorAt('/points')} value={props.draft.points} onChange={(points) => props.change((draft) => (draft.points = points))} /></div>
        <Segmented label={t('difficulty')} value={props.draft.difficulty} onChange={(difficulty: Difficulty) => props.change((draft) => (draft.difficulty = difficulty))} options={(['easy', 'medium', 'hard'] as const).map((value) => ({ value, label: b(`difficulty.${value}`) }))} />
        <div data-pointer="/tags"><WordsInput label={t('tags')} hint={t('tagsHint')} placeholder={t('tagAdd')} error={errorAt('/tags')} value={props.draft.tags} onChange={(tags) => props.change((draft) => (draft.tags = tags))} suggestions={names('tags')} /></div>
        <div data-pointer="/subject"><Suggested label={t('subject')} error={errorAt('/subject')} value={props.draft.subject} onChange={(subject) => props.change((draft) => (draft.subject = subject))} suggestions={names('subjects')} /></div>
        <div data-pointer="/topic"><Suggested label={t('topic')} error={errorAt('/topic')} value={props.draft.topic} onChange={(topic) => props.change((draft) => (draft.topic = topic))} suggestions={names('topics')} /></div>
      </div>
    </Card>
  );
}

function Suggested(props: { label: string; error: string | undefined; value: string; onChange: (value: string) => void; suggestions: readonly string[] }): JSX.Element {
  const listId = (): string => `suggest-${props.label}`;
  return (
    <>
      <TextInput label={props.label} optional error={props.error} list={listId()} autocomplete="off" dir="auto" maxlength={200} value={props.value} onChange={(value) => props.onChange(value)} />
      <datalist id={listId()}><For each={props.suggestions}>{(value) => <option value={value} />}</For></datalist>
    </>
  );
}
