import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { onCleanup, onMount, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import type { Icon } from './icon.ts';
import { Kbd } from './Kbd.tsx';
import { messages } from './messages.ts';

import './field.css';
import './toolbar.css';

/** The line above a list: search, filters, and at the end what changes the view. */
export function Toolbar(props: { children: JSX.Element; end?: JSX.Element }): JSX.Element {
  return (
    <div class="Toolbar">
      {props.children}
      <Show when={props.end}><div class="Toolbar__end">{props.end}</div></Show>
    </div>
  );
}

/** Search in a list. The key "/" moves the focus here unless somebody writes elsewhere; Escape clears it. */
export function SearchBox(props: { value: string; onChange: (value: string) => void; label: string; placeholder?: string; slash?: boolean; width?: string }): JSX.Element {
  const t = useMessages(messages);
  let input!: HTMLInputElement;
  onMount(() => {
    if (props.slash === false) return;
    const focus = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      event.preventDefault();
      input.focus();
      input.select();
    };
    document.addEventListener('keydown', focus);
    onCleanup(() => document.removeEventListener('keydown', focus));
  });
  return (
    <div class="Input SearchBox" style={{ width: props.width }}>
      <Search />
      <input
        ref={input}
        type="text"
        inputmode="search"
        enterkeyhint="search"
        autocomplete="off"
        spellcheck={false}
        aria-label={props.label}
        placeholder={props.placeholder ?? props.label}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || props.value === '') return;
          event.preventDefault();
          event.stopPropagation();
          props.onChange('');
        }}
      />
      <Show when={props.value === ''} fallback={<IconButton icon={X} label={t('clearSearch')} onClick={() => (props.onChange(''), input.focus())} />}>
        <Show when={props.slash !== false}><Kbd keys="/" /></Show>
      </Show>
    </div>
  );
}

/** Whether somebody writes into the target of a key. */
export function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit)$/.test(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}

/** A filter of a list that is on or off. `adds` is the dashed one that offers more filters. */
export function FilterChip(props: { pressed?: boolean; onToggle?: (pressed: boolean) => void; count?: number | undefined; icon?: Icon; adds?: boolean; children: JSX.Element }): JSX.Element {
  return (
    <button type="button" class="FilterChip" data-adds={props.adds ? '' : undefined} aria-pressed={props.adds ? undefined : (props.pressed ?? false)} onClick={() => props.onToggle?.(!props.pressed)}>
      <Show when={props.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
      {props.children}
      <Show when={props.count !== undefined}> <b>{props.count}</b></Show>
    </button>
  );
}
