import ExternalLink from 'lucide-solid/icons/external-link';
import { Show, splitProps, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { Icon } from './icon.ts';

import './link.css';

/** A link in text. `stands` makes it a line of its own with a full touch target; `outside` opens a new tab and says so. */
export function Link(props: JSX.AnchorHTMLAttributes<HTMLAnchorElement> & { icon?: Icon; stands?: boolean; outside?: boolean }): JSX.Element {
  const [own, rest] = splitProps(props, ['icon', 'stands', 'outside', 'class', 'children']);
  return (
    <a {...rest} class={`Link ${own.class ?? ''}`} data-stands={own.stands ? '' : undefined} target={own.outside ? '_blank' : rest.target} rel={own.outside ? 'noreferrer' : rest.rel}>
      <Show when={own.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
      {own.children}
      <Show when={own.outside}><ExternalLink class="Link__out" aria-label="(opens a new tab)" /></Show>
    </a>
  );
}

/** A button that reads as a link, for acts that change nothing ("Show 5 more"). */
export function LinkButton(props: JSX.ButtonHTMLAttributes<HTMLButtonElement>): JSX.Element {
  const [own, rest] = splitProps(props, ['class']);
  return <button type="button" {...rest} class={`Link ${own.class ?? ''}`} />;
}
