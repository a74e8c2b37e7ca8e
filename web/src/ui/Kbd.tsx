import { For, type JSX } from 'solid-js';

import './kbd.css';

const SIGNS: Readonly<Record<string, string>> = { Enter: '↵', Up: '↑', Down: '↓', Left: '←', Right: '→' };

/** Keys to press, as on the keyboard: `keys="Ctrl K"`. With `apart` each key has its own cap. */
export function Kbd(props: { keys: string; apart?: boolean }): JSX.Element {
  return (
    <span class="Keys">
      <For each={props.apart ? props.keys.split(' ') : [props.keys]}>{(cap) => <kbd class="Kbd">{cap.split(' ').map((key) => SIGNS[key] ?? key).join(' ')}</kbd>}</For>
    </span>
  );
}
