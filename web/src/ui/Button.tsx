import LoaderCircle from 'lucide-solid/icons/loader-circle';
import { Show, splitProps, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { Icon } from './icon.ts';
import { Kbd } from './Kbd.tsx';

import './button.css';

/** How a button looks: `primary` once per page, `act` only for what cannot be undone. `danger` is a quiet border that turns red under the pointer. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'act' | 'danger';

type Native = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'>;

/** Props of a button. */
export interface ButtonProps extends Native {
  kind?: ButtonKind;
  size?: 'small' | 'base' | 'large';
  /** Takes the whole width. */
  wide?: boolean;
  icon?: Icon;
  iconEnd?: Icon;
  /** Keys that do the same, such as "Ctrl Enter". */
  keys?: string;
  /** At work: the button keeps its width, cannot be pressed and says `busyText`. */
  busy?: boolean;
  busyText?: string;
  /** Cannot be pressed now; it keeps the focus, and `title` should say why. */
  disabled?: boolean;
  /** Makes it a link. */
  href?: string;
  target?: string;
  download?: string | boolean;
}

/** A button, or a link that looks like one. */
export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['kind', 'size', 'wide', 'icon', 'iconEnd', 'keys', 'busy', 'busyText', 'disabled', 'href', 'class', 'children', 'type', 'onClick']);
  const isOff = (): boolean => own.disabled === true || own.busy === true;
  return (
    <Dynamic
      component={own.href === undefined ? 'button' : 'a'}
      {...(rest as object)}
      type={own.href === undefined ? (own.type ?? 'button') : undefined}
      href={own.href === undefined || isOff() ? undefined : own.href}
      class={`Button ${own.class ?? ''}`}
      data-kind={own.kind ?? 'secondary'}
      data-size={own.size ?? 'base'}
      data-wide={own.wide ? '' : undefined}
      aria-disabled={isOff() ? 'true' : undefined}
      aria-busy={own.busy ? 'true' : undefined}
      data-busy={own.busy ? '' : undefined}
      onClick={(event: MouseEvent & { currentTarget: HTMLButtonElement; target: Element }) => press(event, isOff(), own.onClick)}
    >
      <Show when={own.busyText !== undefined || own.busy}>
        <span class="Button__busy" aria-hidden={own.busy ? undefined : 'true'}>
          <LoaderCircle class="Button__spinner" />
          {own.busyText ?? own.children}
        </span>
      </Show>
      <span class="Button__text">
        <Show when={own.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
        {own.children}
        <Show when={own.iconEnd}>{(icon) => <Dynamic component={icon()} />}</Show>
        <Show when={own.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
      </span>
    </Dynamic>
  );
}

/** Props of a button that is only an icon. */
export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'iconEnd' | 'busyText' | 'keys' | 'wide' | 'children'> {
  icon: Icon;
  /** What it does, for screen readers and as a tool tip. */
  label: string;
}

/** A button that is only an icon, with a name. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['icon', 'label', 'kind', 'class', 'title']);
  return (
    <Button {...rest} kind={own.kind ?? 'quiet'} class={`Button--icon ${own.class ?? ''}`} aria-label={own.label} title={own.title ?? own.label} icon={own.icon} />
  );
}

function press(event: MouseEvent & { currentTarget: HTMLButtonElement; target: Element }, isOff: boolean, onClick: Native['onClick']): void {
  if (isOff) {
    // also stops the form that Enter in one of its fields would send
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (typeof onClick === 'function') {
    onClick(event);
  } else if (Array.isArray(onClick)) {
    onClick[0](onClick[1], event);
  }
}
