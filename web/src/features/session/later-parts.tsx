import { createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

type Later = typeof import('./later.ts');
type Props<Name extends keyof Later> = Parameters<Later[Name]>[0] extends object ? Parameters<Later[Name]>[0] : object;

const AGAIN_MS = 2_000;
const [parts, setParts] = createSignal<Later>();
let isAsked = false;

/** Fetches what the first picture of the exam page does without, and tries again until it is there. */
export function loadLater(): void {
  if (isAsked) return;
  isAsked = true;
  const fetchParts = (): void => void import('./later.ts').then((found) => setParts(() => found), () => setTimeout(fetchParts, AGAIN_MS));
  fetchParts();
}

/** A part that comes with the second load; its room stays empty until it is there. */
export function laterPart<Name extends keyof Later>(name: Name): (props: Props<Name>) => JSX.Element {
  return (props) => {
    loadLater();
    return (
      <Show when={parts()} fallback={<div class="Later" aria-busy="true" />}>
        {(found) => <Dynamic component={found()[name] as (props: object) => JSX.Element} {...props} />}
      </Show>
    );
  };
}
