import { useLocation, useParams } from '@solidjs/router';
import { createMemo, Show, type JSX } from 'solid-js';

import { QUESTION_TYPES, type QuestionType } from '#domain/questions/types.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { readQuestion } from '../api.ts';
import { messages as bankMessages } from '../messages.ts';
import { plainLine } from '../plain-line.ts';
import { takeCopy } from './copies.ts';
import { messages } from './messages.ts';
import { QuestionEditor } from './QuestionEditor.tsx';

/** Page of a question of the bank. */
export function QuestionPage(): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  const params = useParams<{ questionId: string }>();
  const question = createLoad(() => params.questionId, (id) => readQuestion(id), { forget: true });
  const name = (): string => (question.value() === undefined ? t('editQuestion') : plainLine(question.value()!.text).slice(0, 80) || b('noText'));
  createTitle(name);
  useShell().setBreadcrumbs(() => [{ label: b('bank'), href: '/staff/questions' }, { label: name() }]);
  return (
    <Show
      when={question.value()}
      keyed
      fallback={
        <PageBody class="QuestionWait">
          <Show when={question.error()} fallback={<><Skeleton kind="text" count={2} /><Skeleton kind="block" height="420px" /></>}>
            {(problem) => <ProblemView heads problem={problem()} busy={question.isLoading()} onRetry={question.reload} />}
          </Show>
        </PageBody>
      }
    >
      {(found) => <QuestionEditor question={found} />}
    </Show>
  );
}

/** Page of a new question: of a type, or a copy of another. */
export function NewQuestionPage(): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  const location = useLocation<{ type?: QuestionType; at?: string }>();
  createTitle(() => t('newQuestion'));
  useShell().setBreadcrumbs(() => [{ label: b('bank'), href: '/staff/questions' }, { label: t('newQuestion') }]);
  // a new form for "save and write another", too
  const start = createMemo(() => {
    const asked = location.state?.type ?? location.query['type'];
    const type = QUESTION_TYPES.find((known) => known === asked);
    const draft = 'copy' in location.query ? takeCopy() : undefined;
    return { at: location.state?.at ?? '', initial: { ...(type === undefined ? {} : { type }), ...(draft === undefined ? {} : { draft }) } };
  }, undefined, { equals: (one, other) => one.at === other.at });
  return <Show when={start()} keyed>{({ initial }) => <QuestionEditor initial={initial} />}</Show>;
}
