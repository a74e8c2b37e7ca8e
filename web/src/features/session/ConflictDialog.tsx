import Check from 'lucide-solid/icons/check';
import CopyPlus from 'lucide-solid/icons/copy-plus';
import History from 'lucide-solid/icons/rotate-ccw-clock';
import { createMemo, For, type JSX, Show } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';

import type { Choice } from './answer-types.ts';
import { canBeJoined, describeResponse, joinResponses } from './describe-response.ts';
import { laterMessages as messages } from './later-messages.ts';
import { countWords } from './responses/plain-text.ts';
import { SitDialog } from './SitDialog.tsx';
import { useSit } from './sit-context.ts';
import { type DiffPart, wordDiff } from './word-diff.ts';

import './conflict.css';

/** Two versions of one answer side by side; the student decides, and nothing is lost. */
export function ConflictDialog(props: { itemId: string; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const item = createMemo(() => sit.items().find(({ id }) => id === props.itemId));
  const view = createMemo(() => sit.answers.view(props.itemId));
  const theirs = createMemo(() => describeResponse(item(), view().theirs?.response));
  const mine = createMemo(() => describeResponse(item(), view().response));
  const diff = createMemo(() => wordDiff(theirs(), mine()));
  const sub = (at: string | number, text: string): string => t('writtenAt', { time: formatTime(at, { seconds: true }), words: t('words', countWords(text)) });

  function decide(choice: Choice): void {
    sit.answers.resolve(props.itemId, choice, choice === 'both' ? joinResponses(item()!, view().theirs?.response ?? null, view().response) : undefined);
    sit.say(t('decided'));
    props.onClose();
  }

  return (
    <SitDialog size={940} title={t('conflictTitle', { number: String(sit.numberOf(props.itemId)) })} scope={t('conflictHelp')} onClose={props.onClose}>
      <div class="Versions">
        <Version title={t('otherWindow')} badge={<Badge tone="done" icon={Check}>{t('saved')}</Badge>} sub={sub(view().theirs?.savedAt ?? 0, theirs())} parts={diff().left}>
          <Button kind="primary" wide onClick={() => decide('theirs')}>{t('keepSaved')}</Button>
        </Version>
        <Version title={t('thisWindow')} badge={<Badge tone="attention" icon={History}>{t('notSent')}</Badge>} sub={sub(view().changedAtMs, mine())} parts={diff().right}>
          <Button wide onClick={() => decide('mine')}>{t('useMine')}</Button>
        </Version>
      </div>
      <Show when={canBeJoined(item())}><Button kind="quiet" class="Versions__both" icon={CopyPlus} onClick={() => decide('both')}>{t('keepBoth')}</Button></Show>
    </SitDialog>
  );
}

function Version(props: { title: string; badge: JSX.Element; sub: string; parts: readonly DiffPart[]; children: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  return (
    <section class="Version">
      <div class="Version__head"><h3>{props.title}</h3>{props.badge}<p>{props.sub}</p></div>
      <div class="Version__text" tabindex="0" dir="auto" role="group" aria-label={props.title}>
        <Show when={props.parts.length > 0} fallback={<p class="soft">{t('noAnswerText')}</p>}>
          <For each={props.parts}>{(part) => <Show when={part.isOwn} fallback={part.text}><mark>{part.text}</mark></Show>}</For>
        </Show>
      </div>
      <div class="Version__foot">{props.children}</div>
    </section>
  );
}
