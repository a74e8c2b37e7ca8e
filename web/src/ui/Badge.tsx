import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { Icon, Tone } from './icon.ts';

import './badge.css';

/** A state as a tinted pill: icon and word. For heads of pages and cards; tables use `StateMark`. */
export function Badge(props: { tone?: Tone; icon?: Icon; line?: boolean; children: JSX.Element }): JSX.Element {
  return (
    <span class="Badge" data-tone={props.tone ?? 'neutral'} data-line={props.line ? '' : undefined}>
      <Show when={props.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
      {props.children}
    </span>
  );
}

/** A state as icon and word without a fill, for tables and lists. `strong` colours the word too. */
export function StateMark(props: { tone?: Tone; icon: Icon; strong?: boolean; children: JSX.Element }): JSX.Element {
  return (
    <span class="StateMark" data-tone={props.tone ?? 'neutral'} data-strong={props.strong ? '' : undefined}>
      <Dynamic component={props.icon} />
      {props.children}
    </span>
  );
}

/** A word of a list of words, such as a topic. */
export function Tag(props: { children: JSX.Element }): JSX.Element {
  return <span class="Tag">{props.children}</span>;
}

/** A dot that repeats in colour what a word beside it says. */
export function Dot(props: { tone?: 'done' | 'attention' | 'act' | 'quiet' }): JSX.Element {
  return <span class="Dot" data-tone={props.tone ?? 'done'} aria-hidden="true" />;
}
