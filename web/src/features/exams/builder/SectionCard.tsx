import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Dices from 'lucide-solid/icons/dices';
import ExternalLink from 'lucide-solid/icons/external-link';
import FilePlus from 'lucide-solid/icons/file-plus';
import Library from 'lucide-solid/icons/library';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, Index, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Menu, type MenuItem } from '#web/ui/Menu.tsx';

import type { Readiness } from '../api.ts';
import type { Builder, DraftSection } from './create-builder.ts';
import type { KnownQuestions } from './create-questions.ts';
import { DrawLine } from './DrawLine.tsx';
import { ItemRow } from './ItemRow.tsx';
import { messages } from './messages.ts';
import { changeSection, countOf, firstNumber, moveItem, moveSection, type Place, pointsOf, stepPlace } from './sections.ts';

/** Props of a section. */
export interface SectionCardProps {
  builder: Builder;
  questions: KnownQuestions;
  readiness: Readiness | undefined;
  section: DraftSection;
  index: number;
  dragged: Place | undefined;
  onDrag: (place: Place | undefined) => void;
  onDrop: (place: Place) => void;
  onPick: () => void;
  onDraw: () => void;
  onSaid: (text: string) => void;
}

/** A section of an exam: its title, its draw, its questions. */
export function SectionCard(props: SectionCardProps): JSX.Element {
  const t = useMessages(messages);
  const [isFolded, setFolded] = createSignal(false);
  const [isRemoving, setRemoving] = createSignal(false);
  const [over, setOver] = createSignal<number>();
  let list!: HTMLOListElement;
  const all = (): readonly DraftSection[] => props.builder.draft.sections;
  const set = (sections: DraftSection[]): void => props.builder.set({ sections });
  const change = (part: Partial<DraftSection>): void => set(changeSection(all(), props.index, part));
  const name = (): string => props.section.title.trim() || t('sectionName', { number: props.index + 1 });
  const number = (index: number): number => firstNumber(all(), props.index) + index;
  const facts = (): string => t('sectionFacts', { questions: countOf(props.section) === 1 ? t('stepQuestionsOne') : t('stepQuestions', { count: countOf(props.section) }), points: pointsOf(props.section) === '1' ? t('pointsOne') : t('pointsMany', { points: pointsOf(props.section) }) });

  function step(index: number, by: -1 | 1): void {
    const from = { section: props.index, index };
    const to = stepPlace(all(), from, by);
    if (to === undefined) return;
    set(moveItem(all(), from, to));
    props.onSaid(t('moved', { number: firstNumber(all(), to.section) + to.index }));
    queueMicrotask(() => document.querySelectorAll<HTMLElement>(`[data-section="${to.section}"] .Item__grip`)[to.index]?.focus());
  }
  function itemMenu(index: number): readonly MenuItem[] {
    const here = { section: props.index, index };
    const others = all().map((section, at) => ({ section, at })).filter(({ at }) => at !== props.index);
    return [
      { label: t('itemOpen'), icon: ExternalLink, onSelect: () => window.open(`/staff/questions/${props.section.items[index]!.questionId}`, '_blank') },
      { label: t('itemUp'), icon: ArrowUp, keys: 'Alt Up', disabled: stepPlace(all(), here, -1) === undefined, onSelect: () => step(index, -1) },
      { label: t('itemDown'), icon: ArrowDown, keys: 'Alt Down', disabled: stepPlace(all(), here, 1) === undefined, onSelect: () => step(index, 1) },
      ...others.map(({ section, at }) => ({ label: t('itemTo', { title: section.title.trim() || t('sectionName', { number: at + 1 }) }), onSelect: () => set(moveItem(all(), here, { section: at, index: section.items.length })) })),
      { separator: true as const },
      { label: t('itemRemove'), icon: Trash, onSelect: () => change({ items: props.section.items.filter((_, at) => at !== index) }) },
    ];
  }
  /** Place above or below the row under the pointer. */
  function placeOf(event: DragEvent): number {
    const rows = [...list.querySelectorAll<HTMLElement>('.Item')];
    const below = rows.findIndex((row) => { const box = row.getBoundingClientRect(); return event.clientY < box.top + box.height / 2; });
    return below === -1 ? rows.length : below;
  }
  return (
    <section
      class="Section Card"
      data-section={props.index}
      aria-label={name()}
      onDragOver={(event) => {
        if (props.dragged === undefined) return;
        event.preventDefault();
        setOver(isFolded() ? props.section.items.length : placeOf(event));
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(undefined)}
      onDrop={(event) => {
        event.preventDefault();
        const index = over() ?? props.section.items.length;
        setOver(undefined);
        props.onDrop({ section: props.index, index });
      }}
    >
      <header class="Section__head">
        <IconButton size="small" icon={isFolded() ? ChevronRight : ChevronDown} label={isFolded() ? t('unfold', { number: props.index + 1 }) : t('fold', { number: props.index + 1 })} aria-expanded={!isFolded()} onClick={() => setFolded((folded) => !folded)} />
        <input class="Section__title" dir="auto" maxlength={200} aria-label={t('sectionTitle', { number: props.index + 1 })} placeholder={t('sectionName', { number: props.index + 1 })} value={props.section.title} onInput={(event) => change({ title: event.currentTarget.value })} />
        <span class="Section__facts">{facts()}</span>
        <Menu
          label={t('sectionMore', { number: props.index + 1 })}
          kind="quiet"
          size="small"
          items={[
            ...(props.section.draw === undefined ? [{ label: t('addDraw'), icon: Dices, onSelect: () => props.onDraw() }] : []),
            ...(props.section.items.length > 1 ? [{ label: t('allPoints', { points: props.section.items[0]!.points }), onSelect: () => change({ items: props.section.items.map((item) => ({ ...item, points: props.section.items[0]!.points })) }) }] : []),
            { label: t('sectionUp'), icon: ArrowUp, disabled: props.index === 0, onSelect: () => set(moveSection(all(), props.index, -1)) },
            { label: t('sectionDown'), icon: ArrowDown, disabled: props.index === all().length - 1, onSelect: () => set(moveSection(all(), props.index, 1)) },
            { separator: true },
            { label: t('sectionRemove'), icon: Trash, onSelect: () => (props.section.items.length === 0 ? set(all().filter((_, at) => at !== props.index)) : setRemoving(true)) },
          ]}
        />
      </header>
      <Show when={!isFolded()}>
        <Show when={props.section.draw}>
          {(draw) => (
            <DrawLine
              draw={draw()}
              pool={props.readiness?.pools.find(({ section, tag }) => section === props.index && tag === draw().tag)}
              error={props.builder.errorAt(`/sections/${props.index}/draw`) ?? props.builder.errorAt(`/sections/${props.index}/draw/tag`) ?? props.builder.errorAt(`/sections/${props.index}/draw/points`) ?? props.builder.errorAt(`/sections/${props.index}/draw/count`)}
              onChange={(next) => change({ draw: { ...draw(), ...next } })}
              onRemove={() => change({ draw: undefined })}
            />
          )}
        </Show>
        <Show when={props.section.items.length > 0}>
          <div class="Item Item--head" aria-hidden="true"><span /><span /><span /><span>{t('columnQuestion')}</span><span /><span class="num Item__head-points">{t('columnPoints')}</span><span /></div>
        </Show>
        <ol class="Section__items" ref={list} data-over-end={over() === props.section.items.length && over() !== 0 ? '' : undefined}>
          <Index each={props.section.items}>
            {(item, index) => (
              <ItemRow
                item={item()}
                number={number(index)}
                question={props.questions.get(item().questionId)}
                error={props.builder.errorAt(`/sections/${props.index}/items/${index}/points`) ?? props.builder.errorAt(`/sections/${props.index}/items/${index}/questionId`)}
                menu={itemMenu(index)}
                isDragged={props.dragged?.section === props.index && props.dragged.index === index}
                isOver={over() === index}
                onPoints={(points) => change({ items: props.section.items.map((other, at) => (at === index ? { ...other, points } : other)) })}
                onStep={(by) => step(index, by)}
                onDrag={(on) => props.onDrag(on ? { section: props.index, index } : undefined)}
              />
            )}
          </Index>
        </ol>
        <Show when={props.section.items.length === 0 && props.section.draw === undefined}><p class="Section__empty">{t('sectionEmpty')}</p></Show>
        <footer class="Section__add">
          <Button size="small" kind="quiet" icon={Library} keys="A" onClick={() => props.onPick()}>{t('addFromBank')}</Button>
          <Button size="small" kind="quiet" icon={FilePlus} keys="N" href="/staff/questions/new" target="_blank">{t('addNew')}</Button>
          <Show when={props.section.draw === undefined}><Button size="small" kind="quiet" icon={Dices} keys="D" onClick={() => props.onDraw()}>{t('addDraw')}</Button></Show>
        </footer>
      </Show>
      <ConfirmDialog open={isRemoving()} onClose={() => setRemoving(false)} title={t('sectionRemoveTitle', { title: name() })} scope={t('sectionRemoveScope', { count: props.section.items.length })} verb={t('remove')} onConfirm={() => Promise.resolve(set(all().filter((_, at) => at !== props.index)))} />
    </section>
  );
}
