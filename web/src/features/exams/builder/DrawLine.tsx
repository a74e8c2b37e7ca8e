import Dices from 'lucide-solid/icons/dices';
import Trash from 'lucide-solid/icons/trash';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show, type JSX } from 'solid-js';

import { readFacets } from '#web/features/questions/api.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from '#web/ui/Button.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { Select } from '#web/ui/Select.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { Readiness } from '../api.ts';
import type { DraftSection } from './create-builder.ts';
import { messages } from './messages.ts';

type Draw = NonNullable<DraftSection['draw']>;

/** "Draw 8 of 23 questions tagged genetics at 2 points each", with what the pool is made of. */
export function DrawLine(props: { draw: Draw; pool: Readiness['pools'][number] | undefined; error: string | undefined; onChange: (change: Partial<Draw>) => void; onRemove: () => void }): JSX.Element {
  const t = useMessages(messages);
  const facets = createLoad(() => 'tags', (_, signal) => readFacets({}, signal));
  // the server leaves out what stands fixed in the exam; until it has answered, the bank's number shows
  const available = (): number | undefined => props.pool?.available ?? facets.value()?.tags.find(({ value }) => value === props.draw.tag)?.count;
  const tags = (): { value: string; label: string }[] => {
    const known = (facets.value()?.tags ?? []).map(({ value, count }) => ({ value, label: `${value} (${count})` }));
    return props.draw.tag === '' || known.some(({ value }) => value === props.draw.tag) ? known : [{ value: props.draw.tag, label: props.draw.tag }, ...known];
  };
  const isShort = (): boolean => props.draw.tag !== '' && available() !== undefined && available()! < props.draw.count;
  const cells = (): ('easy' | 'medium' | 'hard')[] => {
    const { easy = 0, medium = 0, hard = 0 } = props.pool ?? {};
    const total = easy + medium + hard;
    // at most 60 cells: a larger pool is drawn to scale
    const scale = Math.min(1, 60 / Math.max(1, total));
    return (['easy', 'medium', 'hard'] as const).flatMap((level) => Array.from({ length: Math.round({ easy, medium, hard }[level] * scale) }, () => level));
  };
  const levels = (): string => t('drawPool', { easy: props.pool?.easy ?? 0, medium: props.pool?.medium ?? 0, hard: props.pool?.hard ?? 0 });
  return (
    <div class="Draw">
      <Dices />
      <div class="Draw__line">
        {t('draw')}
        <NumberInput class="Draw__number" aria-label={t('drawCount')} min={1} max={500} value={props.draw.count} onChange={(count) => count !== undefined && props.onChange({ count })} />
        <Show when={available() !== undefined && props.draw.tag !== ''}>{t('drawOf')} <b>{available()}</b></Show>
        {t('drawTagged')}
        <Select class="Draw__tag" aria-label={t('drawTag')} placeholder={t('drawChoose')} value={props.draw.tag} onChange={(tag) => props.onChange({ tag })} options={tags()} />
        {t('drawAt')}
        <TextInput class="Draw__number" aria-label={t('drawPoints')} inputmode="decimal" value={props.draw.points} onChange={(points) => /^\d{1,10}([.,]\d{1,4})?$/.test(points.trim()) && props.onChange({ points: points.trim().replace(',', '.') })} />
        {t('drawEach')}
      </div>
      <IconButton size="small" icon={Trash} label={t('drawRemove')} onClick={() => props.onRemove()} />
      <div class="Draw__more">
        <Show when={props.draw.tag !== ''} fallback={<p class="soft">{t('drawAsk')}</p>}>
          <Show when={cells().length > 0}>
            <div class="Draw__pool" role="img" aria-label={levels()}><For each={cells()}>{(level) => <i data-level={level} />}</For></div>
          </Show>
          <Show when={isShort()} fallback={<Show when={props.pool}><p class="soft">{t('drawSentence', { count: props.draw.count, levels: levels() })}</p></Show>}>
            <p class="Draw__short"><TriangleAlert />{t('drawShort', { available: available() ?? 0 })}</p>
          </Show>
        </Show>
        <Show when={props.error}>{(text) => <p class="Draw__short"><TriangleAlert />{text()}</p>}</Show>
      </div>
    </div>
  );
}
