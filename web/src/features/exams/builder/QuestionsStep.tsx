import Dices from 'lucide-solid/icons/dices';
import FilePlus from 'lucide-solid/icons/file-plus';
import Library from 'lucide-solid/icons/library';
import Plus from 'lucide-solid/icons/plus';
import { createSignal, Index, onCleanup, onMount, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { isWriting } from '#web/ui/Toolbar.tsx';

import type { Readiness } from '../api.ts';
import type { Builder, DraftSection } from './create-builder.ts';
import type { KnownQuestions } from './create-questions.ts';
import { messages } from './messages.ts';
import { PickDrawer } from './PickDrawer.tsx';
import { SectionCard } from './SectionCard.tsx';
import { addItem, changeSection, moveItem, type Place } from './sections.ts';

/** Second step: sections with their questions and draws. */
export function QuestionsStep(props: { builder: Builder; questions: KnownQuestions; readiness: Readiness | undefined }): JSX.Element {
  const t = useMessages(messages);
  const [picksInto, setPicksInto] = createSignal<number>();
  const [dragged, setDragged] = createSignal<Place>();
  const [said, setSaid] = createSignal('');
  const sections = (): readonly DraftSection[] => props.builder.draft.sections;
  const setSections = (next: DraftSection[]): void => props.builder.set({ sections: next });
  const last = (): number => Math.max(0, sections().length - 1);
  const ensure = (): number => {
    if (sections().length === 0) setSections([{ title: '', items: [] }]);
    return last();
  };
  const newHref = (): string => `/staff/questions/new`;
  function draw(section: number): void {
    setSections(changeSection(sections(), section, { draw: { tag: '', count: 1, points: '1' } }));
    queueMicrotask(() => document.querySelector<HTMLElement>(`[data-section="${section}"] .Draw select`)?.focus());
  }
  function drop(to: Place): void {
    const from = dragged();
    setDragged(undefined);
    if (from === undefined) return;
    const index = from.section === to.section && from.index < to.index ? to.index - 1 : to.index;
    if (from.section === to.section && from.index === index) return;
    setSections(moveItem(sections(), from, { section: to.section, index }));
  }
  onMount(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target) || document.querySelector('[role="dialog"]') !== null) return;
      const key = event.key.toLowerCase();
      if (key === 'a') setPicksInto(ensure());
      else if (key === 'd') { const at = ensure(); if (sections()[at]?.draw === undefined) draw(at); }
      else if (key === 'n') window.open(newHref(), '_blank');
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  return (
    <>
      <Show
        when={sections().length > 0}
        fallback={
          <EmptyState
            icon={Library}
            title={t('noSections')}
            action={
              <span class="row wrap">
                <Button kind="primary" icon={Library} keys="A" onClick={() => setPicksInto(ensure())}>{t('addFromBank')}</Button>
                <Button icon={Dices} keys="D" onClick={() => draw(ensure())}>{t('addDraw')}</Button>
                <Button icon={FilePlus} href={newHref()} target="_blank">{t('addNew')}</Button>
              </span>
            }
          >
            {t('noSectionsText')}
          </EmptyState>
        }
      >
        <Index each={sections()}>
          {(section, index) => (
            <SectionCard
              builder={props.builder}
              questions={props.questions}
              readiness={props.readiness}
              section={section()}
              index={index}
              dragged={dragged()}
              onDrag={setDragged}
              onDrop={drop}
              onPick={() => setPicksInto(index)}
              onDraw={() => draw(index)}
              onSaid={setSaid}
            />
          )}
        </Index>
        <div><Button icon={Plus} onClick={() => { setSections([...sections(), { title: '', items: [] }]); queueMicrotask(() => document.querySelector<HTMLElement>(`[data-section="${last()}"] .Section__title`)?.focus()); }}>{t('sectionAdd')}</Button></div>
      </Show>
      <p class="visually-hidden" role="status">{said()}</p>
      <PickDrawer
        open={picksInto() !== undefined}
        into={picksInto() === undefined ? '' : sections()[picksInto()!]?.title.trim() || t('sectionName', { number: picksInto()! + 1 })}
        taken={new Set(sections().flatMap((section) => section.items.map(({ questionId }) => questionId)))}
        onClose={() => setPicksInto(undefined)}
        onAdd={(question) => {
          props.questions.note(question);
          setSections(addItem(sections(), Math.min(picksInto() ?? last(), last()), { questionId: question.id, points: question.points }));
        }}
      />
    </>
  );
}
