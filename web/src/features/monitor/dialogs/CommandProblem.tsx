import { Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import type { Command } from '../create-command.ts';
import { messages } from '../messages.ts';

/** What went wrong with an act, inside its dialog. */
export function CommandProblem(props: { command: Pick<Command<unknown>, 'problem' | 'state'> }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.command.problem()}>
      {(problem) => (
        <Show when={props.command.state() === 'unsure'} fallback={<ProblemView compact problem={problem()} />}>
          <ProblemView compact problem={problem()} title={t('unsureTitle')} help={t('unsureHelp')} />
        </Show>
      )}
    </Show>
  );
}
