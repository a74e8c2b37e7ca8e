import Bold from 'lucide-solid/icons/bold';
import Italic from 'lucide-solid/icons/italic';
import List from 'lucide-solid/icons/list';
import ListOrdered from 'lucide-solid/icons/list-ordered';
import Redo2 from 'lucide-solid/icons/redo-2';
import Subscript from 'lucide-solid/icons/subscript';
import Superscript from 'lucide-solid/icons/superscript';
import Undo2 from 'lucide-solid/icons/undo-2';
import { createEffect, createMemo, createSignal, createUniqueId, For, type JSX, onCleanup, onMount, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from '#web/ui/Button.tsx';
import type { Icon } from '#web/ui/icon.ts';
import { renderHtml } from '#web/ui/rich-text.ts';

import { laterMessages as messages } from '../later-messages.ts';
import { countWords, htmlOf, htmlText } from './plain-text.ts';
import { BARE_FIELD, type ResponseProps } from './response-props.ts';

import './editor.css';

const COMMANDS = [
  { command: 'bold', icon: Bold, toggles: true }, { command: 'italic', icon: Italic, toggles: true, ends: true },
  { command: 'insertUnorderedList', icon: List, toggles: true }, { command: 'insertOrderedList', icon: ListOrdered, toggles: true, ends: true },
  { command: 'subscript', icon: Subscript, toggles: true }, { command: 'superscript', icon: Superscript, toggles: true, ends: true },
  { command: 'undo', icon: Undo2 }, { command: 'redo', icon: Redo2 },
] as const satisfies readonly { command: string; icon: Icon; toggles?: boolean; ends?: boolean }[];

/** A text with bold, italic, lists and its count of words. What is pasted comes in as plain text. */
export function EssayResponse(props: ResponseProps<'essay'>): JSX.Element {
  const t = useMessages(messages);
  const footId = createUniqueId();
  const [pressed, setPressed] = createSignal<ReadonlySet<string>>(new Set());
  const [reached, setReached] = createSignal(0);
  let editor!: HTMLDivElement;
  let buttons!: HTMLDivElement;
  let shown: string | null = null;

  const html = (): string => (props.response === null ? '' : props.response.format === 'html' ? props.response.text : htmlOf(props.response.text));
  const words = createMemo(() => countWords(htmlText(html())));

  createEffect(() => {
    // only what came from elsewhere: writing into a field in which somebody types would move the caret
    if (html() === shown) return;
    shown = html();
    editor.replaceChildren(renderHtml(shown, { links: false }));
  });

  function onInput(): void {
    // browsers leave colours and sizes behind when they join lines
    for (const element of editor.querySelectorAll('[style]')) element.removeAttribute('style');
    const isEmpty = editor.textContent!.trim() === '' && editor.querySelector('li') === null;
    shown = isEmpty ? '' : editor.innerHTML;
    props.onType(isEmpty ? null : { text: shown, format: 'html' });
  }

  /** The first words stand in a paragraph as all others do. */
  function begin(): void {
    if (props.readOnly || editor.childNodes.length > 0) return;
    const paragraph = editor.appendChild(document.createElement('p'));
    paragraph.appendChild(document.createElement('br'));
    document.getSelection()?.collapse(paragraph, 0);
  }

  function insert(event: Event, text: string): void {
    event.preventDefault();
    if (!props.readOnly && text !== '') document.execCommand('insertText', false, text);
  }

  function run(command: string): void {
    if (props.readOnly) return;
    editor.focus();
    document.execCommand(command);
    look();
  }

  function look(): void {
    if (!editor.contains(document.getSelection()?.anchorNode ?? null)) return;
    setPressed(new Set(COMMANDS.filter((one) => 'toggles' in one && document.queryCommandState(one.command)).map(({ command }) => command)));
  }

  function onArrow(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setReached((reached() + step + COMMANDS.length) % COMMANDS.length);
    buttons.querySelectorAll('button')[reached()]?.focus();
  }

  onMount(() => {
    document.execCommand('defaultParagraphSeparator', false, 'p');
    document.addEventListener('selectionchange', look);
  });
  onCleanup(() => document.removeEventListener('selectionchange', look));

  return (
    <div class="Editor" data-disabled={props.readOnly ? '' : undefined}>
      <div class="Editor__bar" role="toolbar" aria-label={t('format')} ref={buttons} onKeyDown={onArrow}>
        <For each={COMMANDS}>
          {(one, index) => (
            <>
              <IconButton
                icon={one.icon} label={t(`format_${one.command}`)} tabindex={index() === reached() ? 0 : -1}
                aria-pressed={'toggles' in one ? pressed().has(one.command) : undefined} disabled={props.readOnly}
                onPointerDown={(event) => event.preventDefault()} onClick={() => run(one.command)}
              />
              <Show when={'ends' in one}><i class="Editor__rule" /></Show>
            </>
          )}
        </For>
      </div>
      <div
        ref={editor} class="Editor__text RichText" contenteditable={props.readOnly ? 'false' : 'true'} tabindex="0" role="textbox" aria-multiline="true" aria-readonly={props.readOnly}
        aria-labelledby={props.labelledBy} aria-describedby={footId} dir="auto" {...BARE_FIELD} spellcheck={false} translate="no" autocorrect="off"
        onFocus={begin}
        onInput={onInput}
        onPaste={(event) => insert(event, event.clipboardData?.getData('text/plain') ?? '')}
        onDrop={(event) => insert(event, event.dataTransfer?.getData('text/plain') ?? '')}
      />
      <div class="Editor__foot" id={footId}><WordCount words={words()} min={props.item.options?.minWords} max={props.item.options?.maxWords} /></div>
    </div>
  );
}

function WordCount(props: { words: number; min: number | undefined; max: number | undefined }): JSX.Element {
  const t = useMessages(messages);
  const limits = (): string => {
    const { min, max } = props;
    if (min !== undefined && max !== undefined) return t('ofWords', { min: String(min), max: String(max) });
    return max !== undefined ? t('atMostWords', { max: String(max) }) : min !== undefined ? t('atLeastWords', { min: String(min) }) : '';
  };
  const scale = (): number => props.max ?? (props.min ?? 0) * 1.5;
  const isOver = (): boolean => props.max !== undefined && props.words > props.max;
  const more = (): string => {
    if (isOver()) return t('wordsOver', { count: String(props.words - props.max!) });
    return props.min !== undefined && props.words < props.min ? t('wordsToGo', { count: String(props.min - props.words) }) : '';
  };
  return (
    <>
      <span><b>{t('words', props.words)}</b> {limits()}</span>
      <Show when={scale() > 0}>
        <span class="WordMeter" data-over={isOver() ? '' : undefined} aria-hidden="true">
          <i style={{ width: `${Math.min(100, (props.words / scale()) * 100)}%` }} />
          <Show when={props.min !== undefined && props.max !== undefined}><u style={{ left: `${(props.min! / scale()) * 100}%` }} /></Show>
        </span>
        <span class="Editor__more" data-over={isOver() ? '' : undefined}>{more()}</span>
      </Show>
    </>
  );
}
