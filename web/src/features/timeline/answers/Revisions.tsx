import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createSignal, For, Show, type JSX, untrack } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { loadRevisions, type ReviewItem, type Revision } from '../api.ts';
import { exactTime } from '../clock-text.ts';
import { messages } from '../messages.ts';
import { textOf } from './response-lines.ts';
import { diffWords } from './word-diff.ts';

import './revisions.css';

/** How an answer came about: a slider over its revisions, with what changed in each tinted. */
export function Revisions(props: { sessionId: string; item: ReviewItem }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.item.itemId, (itemId, signal) => loadRevisions(props.sessionId, itemId, signal));
  return (
    <div class="Revisions">
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="96px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(revisions) => <Show when={revisions().length > 0} fallback={<p class="small soft">{t('noAnswer')}</p>}><Steps item={props.item} revisions={revisions()} /></Show>}
      </Show>
    </div>
  );
}

function Steps(props: { item: ReviewItem; revisions: readonly Revision[] }): JSX.Element {
  const t = useMessages(messages);
  const [index, setIndex] = createSignal(untrack(() => props.revisions.length - 1));
  const revision = (): Revision => props.revisions[index()]!;
  const words = { true: t('trueText'), false: t('falseText') };
  const parts = () => diffWords(index() === 0 ? '' : textOf(props.item, props.revisions[index() - 1]!.response, words), textOf(props.item, revision().response, words));
  const says = (): string => t('revisionOf', { number: revision().revision, count: props.revisions.length, time: exactTime(revision().savedAt) });
  const windows = (): number => new Set(props.revisions.map(({ clientId }) => clientId)).size;
  return (
    <>
      <div class="Revisions__bar">
        <IconButton size="small" icon={ChevronLeft} label={`${t('revision', { number: revision().revision - 1 })}`} disabled={index() === 0} onClick={() => setIndex(index() - 1)} />
        <Show when={props.revisions.length > 1}>
          <input class="Revisions__slider" type="range" min={0} max={props.revisions.length - 1} step={1} aria-label={t('revisions')} aria-valuetext={says()} value={index()} onInput={(event) => setIndex(event.currentTarget.valueAsNumber)} />
        </Show>
        <IconButton size="small" icon={ChevronRight} label={`${t('revision', { number: revision().revision + 1 })}`} disabled={index() === props.revisions.length - 1} onClick={() => setIndex(index() + 1)} />
        <span class="Revisions__says" aria-live="polite">{says()}</span>
      </div>
      <p class="Revisions__text" dir="auto">
        <Show when={revision().response !== null} fallback={<span class="soft">{t('clearedAnswer')}</span>}>
          <For each={parts()}>
            {(part) => part.kind === 'same' ? part.text : part.kind === 'added' ? <ins><span class="visually-hidden">[{t('added')}: </span>{part.text}<span class="visually-hidden">]</span></ins> : <del><span class="visually-hidden">[{t('removed')}: </span>{part.text}<span class="visually-hidden">]</span></del>}
          </For>
        </Show>
      </p>
      <p class="Revisions__note">
        {index() === 0 ? '' : parts().every(({ kind }) => kind === 'same') ? t('revisionSame') : t('compare')} <Show when={windows() > 1}>{t('windows', { count: windows() })}</Show>
      </p>
    </>
  );
}
