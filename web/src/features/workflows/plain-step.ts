import type { Translator } from '@solid-primitives/i18n';

import type { WorkflowStep } from './api.ts';
import type { messages } from './messages.ts';

type Words = Translator<(typeof messages)['en']>;

const RULES: readonly (readonly [RegExp, (found: RegExpExecArray, t: Words) => string])[] = [
  [/^The workflow started\.$/, (_found, t) => t('say.started')],
  [/^The workflow completed\.$/, (_found, t) => t('say.ended')],
  [/^A signal said that the row changed \(version (\d+)\)\.$/, ([, version], t) => t('say.toldVersion', { version: version! })],
  [/^A signal said that the row changed \((.+), version (\d+)\)\.$/, ([, kind, version], t) => t('say.toldKind', { kind: kind!, version: version! })],
  [/^Somebody asked for a fresh look at the row\.$/, (_found, t) => t('say.look')],
  [/^The (.+) timer was set for (.+)\.$/, ([, what, time], t) => t('say.timerSet', { what: `the ${what!}`, time: time! })],
  [/^The (.+) timer fired\.$/, ([, what], t) => t('say.timerFired', { what: `the ${what!}` })],
  [/^The (.+) timer was taken back\.$/, ([, what], t) => t('say.timerBack', { what: `the ${what!}` })],
  [/^Done: (.+)\.$/, ([, what], t) => t('say.did', { what: what! })],
  [/^Handed to a worker: (.+)\.$/, ([, what], t) => t('say.handed', { what: what! })],
  [/^Noted in the audit log: (.+)\.$/, ([, action], t) => t('say.audit', { action: action!.replace(/[.-]/g, ' ') })],
  [/^The milestone "(.+)" was reached\.$/, ([, what], t) => t('say.milestone', { what: what!.replace(/-/g, ' ') })],
];

/** A step as somebody would tell it who has never seen a workflow; steps that are not known here as the API tells them. */
export function plainStep({ text }: Pick<WorkflowStep, 'text'>, t: Words): string {
  for (const [pattern, say] of RULES) {
    const found = pattern.exec(text);
    if (found !== null) return say(found, t);
  }
  return text;
}

/** What a workflow does all day: reading, being told, setting alarms anew. */
export function isRoutine({ source, text }: Pick<WorkflowStep, 'source' | 'text'>): boolean {
  return source === 'workflow' && (/^(A signal said|Handed to a worker)/.test(text) || /was taken back\.$/.test(text) || /^Done: (read|note) /.test(text));
}

