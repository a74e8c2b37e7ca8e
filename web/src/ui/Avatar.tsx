import type { JSX } from 'solid-js';

import './avatar.css';

/** Initials of somebody; the name stands beside it, so it says nothing to screen readers. */
export function Avatar(props: { name: string; size?: 'small' | 'base' }): JSX.Element {
  const initials = (): string => {
    const words = props.name.trim().split(/\s+/u);
    return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase();
  };
  return <span class="Avatar" data-size={props.size ?? 'base'} aria-hidden="true">{initials()}</span>;
}
