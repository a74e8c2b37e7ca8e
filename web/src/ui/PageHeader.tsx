import { Show, type JSX } from 'solid-js';

import './page-header.css';

/** Head of a page: what it is, a sentence about it, and what can be done with it at the right. `aside` stands before the actions, such as a clock. */
export function PageHeader(props: { title: JSX.Element; badge?: JSX.Element; sub?: JSX.Element; aside?: JSX.Element; actions?: JSX.Element }): JSX.Element {
  return (
    <header class="PageHeader">
      <div class="PageHeader__text">
        <h1 tabindex={-1}>{props.title}<Show when={props.badge}> {props.badge}</Show></h1>
        <Show when={props.sub}><p>{props.sub}</p></Show>
      </div>
      <Show when={props.aside}>
        <div class="PageHeader__aside">{props.aside}</div>
        <Show when={props.actions}><span class="PageHeader__rule" aria-hidden="true" /></Show>
      </Show>
      <Show when={props.actions}><div class="PageHeader__actions">{props.actions}</div></Show>
    </header>
  );
}

/** A large time with a line below it, for `aside` of a page header. */
export function HeaderClock(props: { children: JSX.Element; sub: JSX.Element }): JSX.Element {
  return <div class="HeaderClock"><b>{props.children}</b><span>{props.sub}</span></div>;
}
