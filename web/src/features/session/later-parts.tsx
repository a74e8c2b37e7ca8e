import { createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { QuestionType } from '#domain/questions/types.ts';

type Later = typeof import('./later.ts');
type Props<Name extends keyof Later> = Parameters<Later[Name]>[0] extends object ? Parameters<Later[Name]>[0] : object;

const AGAIN_MS = 2_000;
const AT_ONCE: ReadonlySet<QuestionType> = new Set(['single-choice', 'multiple-choice', 'true-false', 'short-text', 'numeric']);
const [parts, setParts] = createSignal<Later>();
let isAsked = false;

/** Fetches what the first picture of the exam page does without, and tries again until it is there. */
export function loadLater(): void {
  if (isAsked) return;
  isAsked = true;
  const fetchParts = (): void => void import('./later.ts').then((found) => setParts(() => found), () => setTimeout(fetchParts, AGAIN_MS));
  fetchParts();
}

/** The parts are there. */
export const haveLater = (): boolean => parts() !== undefined;

/** The input of such a question comes with the second load. */
export const comesLater = (type: QuestionType): boolean => !AT_ONCE.has(type);

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
