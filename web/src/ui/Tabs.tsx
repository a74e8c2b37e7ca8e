import * as Kobalte from '@kobalte/core/tabs';
import { createEffect, For, Show, type JSX } from 'solid-js';

import './tabs.css';

/** A tab and what it shows. */
export interface Tab<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number | undefined;
  readonly content: () => JSX.Element;
}

/** Tabs over one place. */
export function Tabs<Value extends string>(props: { tabs: readonly Tab<Value>[]; value?: Value; onChange?: (value: Value) => void; label: string }): JSX.Element {
  return (
    <Kobalte.Root class="Tabs__root" {...(props.value === undefined ? {} : { value: props.value })} onChange={(value) => props.onChange?.(value as Value)}>
      <Kobalte.List class="Tabs" aria-label={props.label}>
        <For each={props.tabs}>
          {(tab) => <Kobalte.Trigger class="Tabs__tab" value={tab.value}>{tab.label}<Count count={tab.count} /></Kobalte.Trigger>}
        </For>
      </Kobalte.List>
      <For each={props.tabs}>{(tab) => <Kobalte.Content class="Tabs__panel" value={tab.value}>{tab.content()}</Kobalte.Content>}</For>
    </Kobalte.Root>
  );
}

/** Links to the pages of one thing, drawn as tabs. */
export function TabNav(props: { items: readonly { href: string; label: string; count?: number; current?: boolean }[]; label: string }): JSX.Element {
  let nav!: HTMLElement;
  // on a phone the page that is open may lie beyond the edge
  createEffect(() => {
    if (!props.items.some(({ current }) => current)) return;
    const tab = nav.querySelector<HTMLElement>('[aria-current]');
    if (tab !== null) nav.scrollLeft = tab.offsetLeft - nav.offsetLeft - (nav.clientWidth - tab.offsetWidth) / 2;
  });
  return (
    <nav class="Tabs" aria-label={props.label} ref={nav}>
      <For each={props.items}>{(item) => <a class="Tabs__tab" href={item.href} aria-current={item.current ? 'page' : undefined}>{item.label}<Count count={item.count} /></a>}</For>
    </nav>
  );
}

function Count(props: { count: number | undefined }): JSX.Element {
  return <Show when={props.count !== undefined}> <span class="Tabs__count">{props.count}</span></Show>;
}
