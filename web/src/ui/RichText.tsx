import { createEffect, type JSX } from 'solid-js';

import { renderHtml, renderMarkdown } from './rich-text.ts';

import './rich-text.css';

/** A text with its format, as the API gives it. */
export interface RichTextValue {
  readonly format: 'html' | 'markdown' | 'plain';
  readonly value: string;
}

/** Shows a formatted text. Only elements of a short list come through, whatever the text says; `inert` makes links plain text, for exams. */
export function RichText(props: { text: RichTextValue; inert?: boolean; inline?: boolean; class?: string }): JSX.Element {
  let place!: HTMLDivElement;
  createEffect(() => {
    const { format, value } = props.text;
    const options = { links: props.inert !== true };
    place.replaceChildren(format === 'html' ? renderHtml(value, options) : format === 'markdown' ? renderMarkdown(value, options) : document.createTextNode(value));
  });
  return <div ref={place} class={`RichText ${props.class ?? ''}`} data-format={props.text.format} data-inline={props.inline ? '' : undefined} dir="auto" />;
}
