import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import X from 'lucide-solid/icons/x';
import { createUniqueId, For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import type { Icon, Tone } from './icon.ts';
import { messages } from './problem-messages.ts';

import './banner.css';

const ICONS: Readonly<Record<Tone, Icon>> = { neutral: Info, accent: Info, info: Info, attention: TriangleAlert, act: CircleAlert, done: CircleCheck };

/** Part of a banner that says in columns what is touched, what waits, and what to do. */
export interface BannerColumn {
  readonly icon: Icon;
  readonly title: string;
  readonly tone?: Tone;
  readonly body: JSX.Element;
}

/** Says something that matters, in place. `live` is for banners that appear while somebody reads: `alert` interrupts a screen reader, `status` waits. */
export function Banner(props: { tone?: Tone; icon?: Icon; title: JSX.Element; children?: JSX.Element; by?: JSX.Element; actions?: JSX.Element; columns?: readonly BannerColumn[]; live?: 'alert' | 'status'; onClose?: () => void }): JSX.Element {
  const t = useMessages(messages);
  const id = createUniqueId();
  const hasBody = (): boolean => props.children !== undefined || props.by !== undefined || props.actions !== undefined;
  return (
    <section class="Banner" data-tone={props.tone ?? 'neutral'} data-columns={props.columns ? '' : undefined} role={props.live} aria-labelledby={props.live ? undefined : id}>
      <div class="Banner__main">
        <Dynamic component={props.icon ?? ICONS[props.tone ?? 'neutral']} />
        <p class="Banner__title" id={id}>{props.title}</p>
        <Show when={hasBody()}>
          <div class="Banner__body">
            {props.children}
            <Show when={props.by}><p class="Banner__by">{props.by}</p></Show>
            <Show when={props.actions}><div class="Banner__actions">{props.actions}</div></Show>
          </div>
        </Show>
        <Show when={props.onClose}><IconButton class="Banner__close" size="small" icon={X} label={t('dismiss')} onClick={() => props.onClose?.()} /></Show>
      </div>
      <Show when={props.columns}>
        {(columns) => (
          <div class="Banner__columns">
            <For each={columns()}>
              {(column) => (
                <div>
                  <h3 class={column.tone ? `ink-${column.tone}` : ''}><Dynamic component={column.icon} />{column.title}</h3>
                  {column.body}
                </div>
              )}
            </For>
          </div>
        )}
      </Show>
    </section>
  );
}

/** A remark in a frame, for what explains the thing beside it. */
export function Notice(props: { icon?: Icon; tone?: Tone; children: JSX.Element }): JSX.Element {
  return (
    <div class="Notice" data-tone={props.tone ?? 'neutral'}>
      <Show when={props.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
      <div>{props.children}</div>
    </div>
  );
}
