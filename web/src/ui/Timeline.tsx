import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { Icon } from './icon.ts';

import './timeline.css';

/** Something that happened. */
export interface TimelineEntry {
  readonly key: string;
  /** As it is shown: "10:33:27" or "now". */
  readonly time: string;
  /** Machine time of the `<time>`. */
  readonly at?: string;
  /** Without an icon it is a dot. */
  readonly icon?: Icon;
  /** The line from here to the entry below: connected, no connection (hatched), or paused. */
  readonly band?: 'on' | 'gap' | 'hold' | 'none';
  readonly body: JSX.Element;
}

/** What happened, one below the other, with a band that says how the connection was. */
export function Timeline(props: { entries: readonly TimelineEntry[]; label: string; wide?: boolean }): JSX.Element {
  return (
    <ol class="Timeline" data-wide={props.wide ? '' : undefined} aria-label={props.label}>
      <For each={props.entries}>
        {(entry) => (
          <li data-band={entry.band ?? 'on'}>
            <time datetime={entry.at}>{entry.time}</time>
            <span class="Timeline__mark"><Show when={entry.icon} fallback={<span class="Timeline__dot" />}>{(icon) => <Dynamic component={icon()} />}</Show></span>
            <div class="Timeline__body">{entry.body}</div>
          </li>
        )}
      </For>
    </ol>
  );
}
