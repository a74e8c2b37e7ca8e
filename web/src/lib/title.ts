import { createEffect } from 'solid-js';

/** Names the page in the browser's tab. */
export function createTitle(title: () => string): void {
  createEffect(() => {
    document.title = title() === '' ? 'Holdfast' : `${title()} · Holdfast`;
  });
}
