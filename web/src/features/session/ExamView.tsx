import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import { createEffect, createMemo, createSignal, For, type JSX, Match, on, onCleanup, onMount, Show, Switch } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Kbd } from '#web/ui/Kbd.tsx';

import { createExamKeys } from './create-exam-keys.ts';
import { createQuiet } from './create-quiet.ts';
import { laterPart } from './later-parts.tsx';
import { messages } from './messages.ts';
import { Navigator } from './Navigator.tsx';
import { Notices } from './Notices.tsx';
import { QuestionView } from './QuestionView.tsx';
import { SitBar } from './SitBar.tsx';
import { SitTools } from './SitTools.tsx';
import { useSit } from './sit-context.ts';

const ConflictDialog = laterPart('ConflictDialog');
const HandInDialog = laterPart('HandInDialog');
const HelpDialog = laterPart('HelpDialog');
const LeaveDialog = laterPart('LeaveDialog');
const NavigatorSheet = laterPart('NavigatorSheet');
const PauseCover = laterPart('PauseCover');
const ReadingDialog = laterPart('ReadingDialog');
const RefusedDialog = laterPart('RefusedDialog');
const TimeUpCover = laterPart('TimeUpCover');

/** The exam while it is sat. */
export function ExamView(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const [compared, setCompared] = createSignal<string | null>(null);
  const isCovered = createMemo(() => sit.session()?.state === 'paused' || sit.isTimeUp());
  createExamKeys(() => isCovered() || compared() !== null);

  onMount(() => {
    const first = sit.current();
    if (first !== undefined) sit.place.goTo(first.id);
  });
  createEffect(() => (document.title = t('titleOf', { at: String(sit.at() + 1), total: String(sit.total()), title: sit.exam()?.title ?? t('exam') })));

  // shown by itself once, when nobody types; afterwards where the question is
  const open = createQuiet(() => sit.answers.conflicts().map((id) => ({ id })), sit.lastTypedMs);
  const known = new Set<string>();
  createEffect(on(open, (items) => {
    const fresh = items.find(({ id }) => !known.has(id));
    for (const { id } of items) known.add(id);
    for (const id of known) if (!items.some((item) => item.id === id)) known.delete(id);
    if (fresh !== undefined && compared() === null) setCompared(fresh.id);
  }));
  createEffect(() => {
    const id = compared();
    if (id !== null && sit.answers.view(id).status !== 'conflict') setCompared(null);
  });

  return (
    <>
      <SitBar />
      <main class="Sit">
        <div class="Sit__left" inert={isCovered()}>
          <div class="Sit__card"><Navigator /></div>
          <SitTools />
        </div>
        <div class="Sit__paper" data-covered={isCovered() ? '' : undefined}>
          <Switch>
            <Match when={sit.session()?.state === 'paused'}><PauseCover /></Match>
            <Match when={sit.isTimeUp()}><TimeUpCover /></Match>
            <Match when={sit.isOnePage()}><AllQuestions onConflict={setCompared} /></Match>
            <Match when={true}>
              <div class="Sit__question">
                <Show when={sit.current()} keyed>{(item) => <QuestionView item={item} onConflict={setCompared} />}</Show>
                <Show when={!sit.hasNext()}><Button wide class="Sit__hand-in" disabled={!sit.mayWrite()} onClick={() => sit.show('hand-in')}>{t('handInMore')}</Button></Show>
              </div>
              <Foot />
            </Match>
          </Switch>
        </div>
        <Notices />
      </main>
      <Show when={!isCovered()}><Dock /></Show>
      <Switch>
        <Match when={sit.panel() === 'hand-in'}><HandInDialog /></Match>
        <Match when={sit.panel() === 'help'}><HelpDialog /></Match>
        <Match when={sit.panel() === 'reading'}><ReadingDialog /></Match>
        <Match when={sit.panel() === 'navigator'}><NavigatorSheet /></Match>
        <Match when={sit.panel() === 'leave'}><LeaveDialog /></Match>
        <Match when={sit.panel() === 'refused'}><RefusedDialog /></Match>
        <Match when={compared()}>{(id) => <ConflictDialog itemId={id()} onClose={() => setCompared(null)} />}</Match>
      </Switch>
    </>
  );
}

function Foot(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  return (
    <div class="Sit__foot">
      <Show when={!sit.isForward()} fallback={<span />}>
        <Button size="large" icon={ChevronLeft} disabled={!sit.hasPrevious()} onClick={sit.previous}>{t('previous')}</Button>
      </Show>
      <div class="Sit__keys" aria-hidden="true">
        <Show when={!sit.isForward()}><span><Kbd keys="Alt P" /> {t('keyPrevious')}</span></Show>
        <span><Kbd keys="Alt F" /> {t('keyFlag')}</span><span><Kbd keys="Alt N" /> {t('keyNext')}</span>
      </div>
      <Button size="large" kind="primary" iconEnd={ChevronRight} disabled={!sit.hasNext()} onClick={sit.next}>{t('next')}</Button>
    </div>
  );
}

function Dock(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  return (
    <nav class="Sit__dock" aria-label={t('questions')}>
      <Button aria-label={t('previous')} icon={ChevronLeft} disabled={!sit.hasPrevious()} onClick={sit.previous} />
      <Button iconEnd={ChevronUp} aria-haspopup="dialog" onClick={() => sit.show('navigator')}><span><span class="visually-hidden">{t('allQuestions')} </span>{sit.at() + 1} / {sit.total()}</span></Button>
      <Button kind="primary" iconEnd={ChevronRight} disabled={!sit.hasNext()} onClick={sit.next}>{t('next')}</Button>
    </nav>
  );
}

function AllQuestions(props: { onConflict: (itemId: string) => void }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  let list!: HTMLDivElement;
  onMount(() => {
    // the question that crosses the upper third of the window is the current one
    const observer = new IntersectionObserver((entries) => {
      const entry = entries.findLast(({ isIntersecting }) => isIntersecting);
      const id = (entry?.target as HTMLElement | undefined)?.dataset['item'];
      if (id !== undefined) sit.place.goTo(id);
    }, { rootMargin: '-30% 0px -65% 0px' });
    for (const element of list.querySelectorAll('[data-item]')) observer.observe(element);
    onCleanup(() => observer.disconnect());
  });
  return (
    <div class="AllQuestions" ref={list}>
      <For each={sit.paper()?.sections}>
        {(section, index) => (
          <section>
            <Show when={(sit.paper()?.sections.length ?? 0) > 1}><p class="AllQuestions__section"><b>{t('section', { number: String(index() + 1) })}</b> <span dir="auto">{section.title}</span></p></Show>
            <For each={section.items}>
              {(item) => <div class="AllQuestions__item" data-item={item.id} onFocusIn={() => sit.place.goTo(item.id)}><QuestionView item={item} level={2} onConflict={props.onConflict} /></div>}
            </For>
          </section>
        )}
      </For>
      <Button wide size="large" disabled={!sit.mayWrite()} onClick={() => sit.show('hand-in')}>{t('handInMore')}</Button>
    </div>
  );
}
