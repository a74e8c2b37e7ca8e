import * as Kobalte from '@kobalte/core/dropdown-menu';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { Button, IconButton, type ButtonKind } from './Button.tsx';
import type { Icon } from './icon.ts';
import { Kbd } from './Kbd.tsx';

import './menu.css';

/** One line of a menu, a line between two groups, or a heading. */
export type MenuItem =
  | { readonly label: string; readonly icon?: Icon; readonly onSelect?: () => void; readonly href?: string; readonly keys?: string; readonly hint?: string; readonly tone?: 'act'; readonly disabled?: boolean; /** A choice that is taken or not. */ readonly checked?: boolean }
  | { readonly separator: true }
  | { readonly heading: string };

/** Acts behind a button. Without `text` the button is an icon with `label` as its name; with it `label` is the tool tip. */
export function Menu(props: { label: string; text?: JSX.Element; icon?: Icon; iconEnd?: Icon; kind?: ButtonKind; size?: 'small' | 'base' | 'large'; items: readonly MenuItem[]; disabled?: boolean; class?: string }): JSX.Element {
  return (
    <Kobalte.Root gutter={4} placement="bottom-end" modal={false}>
      <Kobalte.Trigger
        as={(trigger: object) =>
          props.text === undefined ? (
            <IconButton {...trigger} class={props.class ?? ''} icon={props.icon ?? Ellipsis} label={props.label} kind={props.kind ?? 'secondary'} size={props.size ?? 'base'} disabled={props.disabled ?? false} />
          ) : (
            <Button {...trigger} class={props.class ?? ''} {...(props.icon ? { icon: props.icon } : {})} {...(props.iconEnd ? { iconEnd: props.iconEnd } : {})} title={props.label} kind={props.kind ?? 'secondary'} size={props.size ?? 'base'} disabled={props.disabled ?? false}>{props.text}</Button>
          )
        }
      />
      <Kobalte.Portal>
        <Kobalte.Content class="Menu">
          <For each={props.items}>{(item) => <Entry item={item} />}</For>
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte.Root>
  );
}

function Entry(props: { item: MenuItem }): JSX.Element {
  const item = props.item;
  if ('separator' in item) return <Kobalte.Separator class="Menu__rule" />;
  if ('heading' in item) return <div class="Menu__heading" role="presentation">{item.heading}</div>;
  const content = (): JSX.Element => (
    <>
      <Show when={item.icon} fallback={<span class="Menu__gap" />}>{(icon) => <Dynamic component={icon()} />}</Show>
      <span class="Menu__label">{item.label}<Show when={item.hint}><span class="Menu__hint">{item.hint}</span></Show></span>
      <Show when={item.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
    </>
  );
  if (item.checked !== undefined) {
    return <Kobalte.CheckboxItem class="Menu__item" checked={item.checked} disabled={item.disabled ?? false} onChange={() => item.onSelect?.()}>{content()}</Kobalte.CheckboxItem>;
  }
  if (item.href !== undefined) return <Kobalte.Item as="a" href={item.href} class="Menu__item">{content()}</Kobalte.Item>;
  return <Kobalte.Item class="Menu__item" data-tone={item.tone} disabled={item.disabled ?? false} onSelect={() => item.onSelect?.()}>{content()}</Kobalte.Item>;
}
