import type { JSX } from 'solid-js';

/** An icon of lucide-solid. It takes its size from `--icon` of the part around it and is hidden from screen readers unless it has an `aria-label`. */
export type Icon = (props: { class?: string }) => JSX.Element;

/** What a colour says, always together with an icon or a word. */
export type Tone = 'neutral' | 'accent' | 'attention' | 'act' | 'done' | 'info';
