import type { Draft } from './draft.ts';

let kept: Draft | undefined;

/** Keeps a draft for the page that makes a copy of it. */
export function keepForCopy(draft: Draft): void {
  kept = structuredClone(draft);
}

/** Takes the kept draft, once. */
export function takeCopy(): Draft | undefined {
  const draft = kept;
  kept = undefined;
  return draft;
}
