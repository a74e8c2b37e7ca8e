import CircleAlert from 'lucide-solid/icons/circle-alert';
import CloudOff from 'lucide-solid/icons/cloud-off';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import { createMemo, For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatDuration } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ApiProblem, Offline } from '#web/lib/problem.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from './Button.tsx';
import { messages } from './problem-messages.ts';

import './problem-view.css';

interface Told {
  readonly tone: 'attention' | 'act';
  readonly title: string;
  readonly help: string;
  readonly detail?: string;
}

/** What went wrong, in plain words: what happened, what to do, the number of the request, and another try. Takes whatever was thrown; `title` and `help` say it better where the page knows more; with `heads` it is all of its page, and its title is the page's. */
export function ProblemView(props: { problem: unknown; onRetry?: () => void; busy?: boolean; title?: string; help?: JSX.Element; compact?: boolean; heads?: boolean; actions?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const told = createMemo<Told>(() => tell(props.problem, t as never));
  const title = (): string => props.title ?? told().title;
  if (props.heads) createTitle(title);
  const requestId = (): string | undefined => (props.problem instanceof ApiProblem ? props.problem.requestId : undefined);
  return (
    <div class="ProblemView" data-tone={told().tone} data-compact={props.compact ? '' : undefined} role="alert">
      <Dynamic component={props.problem instanceof Offline ? CloudOff : CircleAlert} />
      <div class="ProblemView__text">
        <p class="ProblemView__title" role={props.heads ? 'heading' : undefined} aria-level={props.heads ? 1 : undefined}>{title()}</p>
        <Show when={told().detail}>{(detail) => <p>{detail()}</p>}</Show>
        <Show when={props.problem instanceof ApiProblem && props.problem.errors.length > 0 ? props.problem.errors : undefined}>
          {(errors) => <ul class="ProblemView__errors"><For each={errors().slice(0, 8)}>{(error) => <li>{error.message}</li>}</For></ul>}
        </Show>
        <p class="ProblemView__help">{props.help ?? told().help}</p>
        <Show when={requestId()}>{(id) => <p class="ProblemView__id">{t('requestId', { id: id() })}</p>}</Show>
        <Show when={props.onRetry !== undefined || props.actions !== undefined}>
          <div class="ProblemView__acts">
            <Show when={props.onRetry}>
              <Button icon={RotateCw} size={props.compact ? 'small' : 'base'} busy={props.busy ?? false} onClick={() => props.onRetry?.()}>{t('tryAgain')}</Button>
            </Show>
            {props.actions}
          </div>
        </Show>
      </div>
    </div>
  );
}

type Words = (key: keyof typeof messages.en, values?: Record<string, string>) => string;

function tell(problem: unknown, t: Words): Told {
  const say = (name: 'offline' | 'broken' | 'forbidden' | 'missing' | 'login' | 'stale' | 'unknown', tone: Told['tone'] = 'attention'): Told => ({ tone, title: t(`${name}Title`), help: t(`${name}Help`) });
  if (problem instanceof Offline) return say('offline');
  if (!(problem instanceof ApiProblem)) return say('unknown', 'act');
  const { status, detail, retryAfterMs } = problem;
  if (status >= 500 && status !== 503) return say('broken', 'act');
  if (status === 503 || status === 429) {
    return { tone: 'attention', title: status === 429 ? t('busyTitle') : problem.body.title, help: retryAfterMs === undefined ? t('busyHelpSoon') : t('busyHelp', { time: formatDuration(retryAfterMs) }), ...(status === 503 ? { detail } : {}) };
  }
  if (status === 401) return say('login');
  if (status === 403 && problem.code === 'forbidden') return say('forbidden');
  if (status === 404 && problem.code === 'not-found') return say('missing');
  if (status === 412) return say('stale');
  if (status === 422 || status === 400) return { tone: 'attention', title: t('invalidTitle'), help: problem.errors.length > 0 ? '' : detail };
  return { tone: 'attention', title: problem.body.title, help: detail };
}
