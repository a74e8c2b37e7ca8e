import { For, type JSX } from 'solid-js';

/** A text with some of it in bold: `**…**` in a message, so that translators keep whole sentences. */
export function Sentence(props: { text: string }): JSX.Element {
  return <For each={props.text.split('**')}>{(part, index) => (index() % 2 === 1 ? <b class="tabular">{part}</b> : part)}</For>;
}
