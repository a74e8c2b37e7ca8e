import { For, Show, type JSX } from 'solid-js';

import type { HotSpotArea, ImagePoint } from '#domain/questions/types.ts';
import { address } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import type { ReleasedItem } from './api.ts';
import { messages } from './messages.ts';
import { useWhose } from './whose.ts';

/** The image with the own marks and, where the key is released, the areas that count. */
export function HotSpotReview(props: { item: ReleasedItem }): JSX.Element {
  const t = useMessages(messages);
  const whose = useWhose();
  const image = () => props.item.item?.media?.[0];
  const own = (): readonly ImagePoint[] => (props.item.response as { points?: ImagePoint[] } | null)?.points ?? [];
  const areas = (): readonly HotSpotArea[] => (props.item.key?.['areas'] as HotSpotArea[] | undefined) ?? [];
  return (
    <>
      <Show when={own().length > 0}><p class="small soft">{t(whose.places, own().length)}</p></Show>
      <Show when={image()}>
        {(medium) => (
          <div class="HotSpotReview">
            <img src={address(`/media/${medium().id}`)} alt={medium().alt ?? ''} decoding="async" loading="lazy" />
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true"><For each={areas()}>{(area) => <path d={outline(area)} />}</For></svg>
            <For each={own()}>{([x, y]) => <i style={{ left: `${x * 100}%`, top: `${y * 100}%` }} />}</For>
          </div>
        )}
      </Show>
    </>
  );
}

/** Path of an area in fractions of the image. */
function outline({ shape, points }: HotSpotArea): string {
  const [first, second] = points;
  if (first === undefined || second === undefined) return '';
  if (shape === 'rect') return `M${first[0]} ${first[1]}H${second[0]}V${second[1]}H${first[0]}Z`;
  if (shape === 'polygon') return `M${points.map(([x, y]) => `${x} ${y}`).join('L')}Z`;
  const radius = Math.hypot(second[0] - first[0], second[1] - first[1]);
  return `M${first[0] - radius} ${first[1]}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
}
