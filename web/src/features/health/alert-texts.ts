import type { Translator } from '@solid-primitives/i18n';

import type { messages } from './messages.ts';

const KNOWN = ['temporal-away', 'nats-away', 'worker-away', 'sessions-past-cutoff', 'outbox-old', 'sequencer-slow', 'disk-full', 'mail-away', 'mail-failing'] as const;

/** An alert in the words of somebody who has to do something about it. */
export interface AlertText {
  readonly title: string;
  readonly means: string;
  readonly feels: string;
  readonly todo: string;
}

/** Explains an alert; one of a later release with the words of the API. */
export function explainAlert({ code, text }: { code: string; text: string }, t: Translator<(typeof messages)['en']>): AlertText {
  const known = KNOWN.find((each) => each === code);
  const key = known ?? 'other';
  return { title: known === undefined ? text : t(`title.${known}`), means: t(`${key}.means`), feels: t(`${key}.feels`), todo: t(`${key}.do`) };
}
