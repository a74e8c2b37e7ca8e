import { createSignal, For, Show, type JSX } from 'solid-js';

import type { QuestionType } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { LinkButton } from '#web/ui/Link.tsx';

import type { FacetCount, Facets, QuestionFilter } from '../api.ts';
import { messages as bankMessages } from '../messages.ts';
import { messages } from './messages.ts';

/** Filters with numbers, beside the list; each is counted under the others. */
export function FacetColumn(props: { isOpen: boolean; facets: Facets | undefined; filter: QuestionFilter; onFilter: (change: Partial<QuestionFilter>) => void }): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  return (
    <aside class="Facets" data-open={props.isOpen ? '' : undefined} aria-label={t('filters')}>
      <Group title={t('subjects')} values={props.facets?.subjects} chosen={props.filter.subject} onChoose={(subject) => props.onFilter({ subject })} />
      <Group title={t('topics')} values={props.facets?.topics} chosen={props.filter.topic} onChoose={(topic) => props.onFilter({ topic })} />
      <Group title={t('types')} values={props.facets?.types} chosen={props.filter.type} name={(value) => b(`type.${value as QuestionType}`)} onChoose={(type) => props.onFilter({ type: type as QuestionType | undefined })} />
      <Group title={t('difficulties')} values={props.facets?.difficulties} chosen={props.filter.difficulty} name={(value) => b(`difficulty.${value as 'easy'}`)} onChoose={(difficulty) => props.onFilter({ difficulty: difficulty as 'easy' | undefined })} />
      <Group title={t('tags')} values={props.facets?.tags} chosen={props.filter.tag} onChoose={(tag) => props.onFilter({ tag })} />
    </aside>
  );
}

const FEW = 6;

function Group(props: { title: string; values: readonly FacetCount[] | undefined; chosen: string | undefined; name?: (value: string) => string; onChoose: (value: string | undefined) => void }): JSX.Element {
  const t = useMessages(messages);
  const [showsAll, setShowsAll] = createSignal(false);
  const values = (): readonly FacetCount[] => {
    const known = props.values ?? [];
    // the chosen one stays in sight, whatever its rank
    const top = showsAll() ? known : known.slice(0, FEW);
    const chosen = known.find(({ value }) => value === props.chosen) ?? (props.chosen === undefined ? undefined : { value: props.chosen, count: 0 });
    return chosen === undefined || top.some(({ value }) => value === chosen.value) ? top : [...top, chosen];
  };
  return (
    <Show when={(props.values?.length ?? 0) > 0 || props.chosen !== undefined}>
      <section>
        <h2>{props.title}</h2>
        <ul class="Facets__list">
          <For each={values()}>
            {({ value, count }) => (
              <li>
                <button type="button" aria-pressed={props.chosen === value} onClick={() => props.onChoose(props.chosen === value ? undefined : value)}>
                  <span dir="auto">{props.name?.(value) ?? value}</span><span>{count}</span>
                </button>
              </li>
            )}
          </For>
        </ul>
        <Show when={(props.values?.length ?? 0) > FEW}>
          <LinkButton onClick={() => setShowsAll((all) => !all)}>{showsAll() ? t('fewer') : t('moreOf', { count: props.values!.length - FEW })}</LinkButton>
        </Show>
      </section>
    </Show>
  );
}
