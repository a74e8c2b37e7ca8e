import * as Kobalte from '@kobalte/core/tooltip';
import type { JSX } from 'solid-js';

import './tooltip.css';

/** A short explanation of a control under the pointer or the focus. The child gets the props of the trigger: `{(trigger) => <IconButton {...trigger} … />}`. Never the only carrier of anything. */
export function Tooltip(props: { text: JSX.Element; children: (trigger: object) => JSX.Element }): JSX.Element {
  return (
    <Kobalte.Root openDelay={400} closeDelay={80} gutter={6}>
      <Kobalte.Trigger as={(trigger: object) => props.children(trigger)} />
      <Kobalte.Portal><Kobalte.Content class="Tooltip">{props.text}</Kobalte.Content></Kobalte.Portal>
    </Kobalte.Root>
  );
}
