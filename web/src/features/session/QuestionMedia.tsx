import Paperclip from 'lucide-solid/icons/paperclip';
import { createSignal, For, type JSX, Match, Switch } from 'solid-js';

import type { MediaRef } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Link } from '#web/ui/Link.tsx';

import { messages } from './messages.ts';

/** Images, sounds, films and files of a question. What a file is, its bytes tell: an image first, then a player, then a link. */
export function QuestionMedia(props: { media: readonly MediaRef[] }): JSX.Element {
  return <div class="QuestionMedia"><For each={props.media}>{(medium) => <Medium medium={medium} />}</For></div>;
}

function Medium(props: { medium: MediaRef }): JSX.Element {
  const t = useMessages(messages);
  const [shape, setShape] = createSignal<'image' | 'player' | 'link'>('image');
  const address = (): string => `/api/v1/media/${props.medium.id}`;
  return (
    <figure>
      <Switch>
        <Match when={shape() === 'image'}><img src={address()} alt={props.medium.alt ?? ''} decoding="async" loading="lazy" onError={() => setShape('player')} /></Match>
        {/* a player of films plays sounds as well */}
        <Match when={shape() === 'player'}><video src={address()} controls preload="metadata" aria-label={props.medium.alt ?? t('medium')} onError={() => setShape('link')} /></Match>
        <Match when={shape() === 'link'}><Link href={address()} icon={Paperclip} outside stands>{props.medium.alt ?? t('medium')}</Link></Match>
      </Switch>
    </figure>
  );
}
