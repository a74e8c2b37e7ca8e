import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';

import { createLoad, type Load } from '#web/lib/create-load.ts';

import { type Condition, previewRule, type RulePreview } from '../api.ts';

/** A pause in typing that long asks anew. */
const PAUSE_MS = 300;

/** Who would have a badge, while its conditions are being written; undefined conditions ask nothing. */
export function createPreview(batchId: Accessor<string>, conditions: Accessor<readonly Condition[] | undefined>): Load<RulePreview> {
  // as text: the same conditions again are no reason to ask again
  const [settled, setSettled] = createSignal<string>();
  createEffect(on(() => JSON.stringify(conditions()), (text) => {
    const timer = setTimeout(() => setSettled(text), settled() === undefined ? 0 : PAUSE_MS);
    onCleanup(() => clearTimeout(timer));
  }));
  return createLoad(settled, (text, signal) => previewRule(batchId(), JSON.parse(text) as Condition[], signal));
}
