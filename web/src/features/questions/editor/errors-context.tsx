import { createContext, Show, useContext, type JSX } from 'solid-js';
import CircleAlert from 'lucide-solid/icons/circle-alert';

import { useMessages } from '#web/lib/i18n.ts';

import type { Editor } from './create-editor.ts';
import { wordsFor } from './field-words.ts';
import { messages } from './messages.ts';

const ErrorsContext = createContext<Editor['errors']>(() => []);

/** Gives the fields below it what is wrong with them. */
export const ErrorsProvider = ErrorsContext.Provider;

/** What is wrong with a field of the question, by its JSON pointer; also `/…/value` of a text. */
export function useErrorAt(): (pointer: string) => string | undefined {
  const errors = useContext(ErrorsContext);
  const t = useMessages(messages);
  return (pointer) => {
    const found = errors().find((error) => error.pointer === pointer || error.pointer === `${pointer}/value`);
    if (found === undefined) return undefined;
    const words = wordsFor(found);
    return words === undefined ? `${found.message.slice(0, 1).toUpperCase()}${found.message.slice(1)}.`.replace(/\.\.$/, '.') : t(words);
  };
}

/** Says what is wrong with something that is no single field. */
export function ErrorLine(props: { pointer: string }): JSX.Element {
  const errorAt = useErrorAt();
  return <Show when={errorAt(props.pointer)}>{(text) => <p class="EditorError" role="alert" data-pointer={props.pointer} tabindex={-1}><CircleAlert />{text()}</p>}</Show>;
}
