import Database from 'lucide-solid/icons/database';
import Timer from 'lucide-solid/icons/timer';
import UserRound from 'lucide-solid/icons/user-round';
import Route from 'lucide-solid/icons/route';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatDate, formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import type { Icon } from '#web/ui/icon.ts';

import type { WorkflowStep } from './api.ts';
import { messages } from './messages.ts';
import { plainStep } from './plain-step.ts';

import './step-list.css';

const ICONS: Readonly<Record<WorkflowStep['source'], Icon>> = { workflow: Route, row: Database, command: UserRound, audit: UserRound };

/** The story of a workflow, oldest first: who did something at the left, what the platform did at the right of the line. */
export function StepList(props: { steps: readonly WorkflowStep[] }): JSX.Element {
  const t = useMessages(messages);
  const isNewDay = (index: number): boolean => index === 0 || formatDate(props.steps[index]!.at) !== formatDate(props.steps[index - 1]!.at);
  const since = (index: number): number => (index === 0 ? 0 : Date.parse(props.steps[index]!.at) - Date.parse(props.steps[index - 1]!.at));
  return (
    <ol class="StepList" aria-label={t('storyLabel')}>
      <For each={props.steps}>
        {(step, index) => (
          <>
            <Show when={isNewDay(index())}><li class="StepList__day"><h3>{formatDate(step.at)}</h3></li></Show>
            <li class="StepList__step" data-source={step.source}>
              <time datetime={step.at}>{formatTime(step.at, { seconds: true })}<span>.{step.at.slice(20, 23)}</span></time>
              <span class="StepList__mark" aria-hidden="true"><Dynamic component={/timer (was set|fired)/.test(step.text) ? Timer : ICONS[step.source]} /></span>
              <p dir="auto">
                <span class="visually-hidden">{t(`source.${step.source}`)}: </span>
                <b>{plainStep(step, t)}</b>
                <Show when={step.actor}>{(actor) => <> <span class="soft">{t('by', { name: actor().name ?? t('someone') })}</span></>}</Show>
                <Show when={step.reason}>{(reason) => <> {t('because', { reason: reason() })}</>}</Show>
              </p>
              <span class="StepList__since"><Show when={since(index()) > 0}>{t('later', { time: since(index()) < 1_000 ? `${since(index())} ms` : since(index()) < 10_000 ? `${(since(index()) / 1_000).toFixed(1)} s` : formatDuration(since(index())) })}</Show></span>
            </li>
          </>
        )}
      </For>
    </ol>
  );
}
