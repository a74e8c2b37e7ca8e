import Check from 'lucide-solid/icons/check';
import Circle from 'lucide-solid/icons/circle';
import Flag from 'lucide-solid/icons/flag';
import { createMemo, For, type JSX, Show } from 'solid-js';

import type { PaperItem } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';

import { messages } from './messages.ts';
import { useSit } from './sit-context.ts';

import './navigator.css';

/** All questions by section, each with how it stands; a way to each of them where the exam lets one move freely. */
export function Navigator(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const counts = createMemo(() => {
    const states = sit.items().map((item) => sit.stateOf(item));
    const count = (wanted: string): number => states.filter((state) => state === wanted).length;
    return { answered: count('answered'), seen: count('seen'), fresh: sit.total() - count('answered') - count('seen') };
  });
  const ahead = (): number => sit.total() - sit.items().length;
  return (
    <nav class="Navigator" aria-label={t('questions')}>
      <For each={sit.paper()?.sections}>
        {(section, index) => (
          <div>
            <h2 class="Navigator__section">
              <Show when={(sit.paper()?.sections.length ?? 0) > 1 || section.title !== ''} fallback={<b>{t('questions')}</b>}>
                <b>{t('section', { number: String(index() + 1) })}</b> <span dir="auto">{section.title}</span>
              </Show>
            </h2>
            <ol class="Navigator__grid"><For each={section.items}>{(item) => <Cell item={item} />}</For></ol>
          </div>
        )}
      </For>
      <Show when={ahead() > 0}><p class="Navigator__ahead">{t('stillAhead', ahead())}</p></Show>
      <ul class="Navigator__legend">
        <li data-of="answered"><Check /><b>{counts().answered}</b> {t('answered')}</li>
        <li data-of="seen"><Circle /><b>{counts().seen}</b> {t('seen')}</li>
        <li data-of="flagged"><Flag /><b>{sit.place.flagged().size}</b> {t('flagged')}</li>
        <li><b>{counts().fresh}</b> {t('notSeen')}</li>
      </ul>
    </nav>
  );
}

function Cell(props: { item: PaperItem }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const number = (): number => sit.numberOf(props.item.id);
  const state = createMemo(() => sit.stateOf(props.item));
  const isFlagged = createMemo(() => sit.place.flagged().has(props.item.id));
  const isCurrent = createMemo(() => sit.current()?.id === props.item.id);
  const isTwofold = createMemo(() => sit.answers.view(props.item.id).status === 'conflict');
  const isShut = (): boolean => sit.isForward() && !isCurrent();
  const name = (): string => [
    t('questionNumber', { number: String(number()) }), t(`state_${state()}`), isFlagged() ? t('flagged') : '', isTwofold() ? t('twoVersions') : '', isShut() ? t('left') : '',
  ].filter((part) => part !== '').join(', ');
  return (
    <li>
      <button
        type="button" class="Navigator__cell" data-state={state()} data-twofold={isTwofold() ? '' : undefined}
        aria-current={isCurrent() ? 'step' : undefined} aria-disabled={isShut() ? 'true' : undefined} aria-label={name()}
        onClick={() => !isShut() && sit.go(props.item.id)}
      >
        {number()}
        <Show when={state() === 'answered'}><Check class="icon-tiny" /></Show>
        <Show when={state() === 'seen'}><Circle class="icon-tiny" /></Show>
        <Show when={isFlagged()}><span class="Navigator__flag"><Flag /></span></Show>
      </button>
    </li>
  );
}
