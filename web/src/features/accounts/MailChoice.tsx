import { createSignal, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { Switch } from '#web/ui/Switch.tsx';

import { chooseMails, readMailChoice } from './api.ts';
import { messages } from './messages.ts';

/** Which mails the account gets; saved at once. */
export function MailChoice(): JSX.Element {
  const t = useMessages(messages);
  const choice = createLoad(() => true, (_own, signal) => readMailChoice(signal));
  const [problem, setProblem] = createSignal<unknown>();

  async function choose(optional: boolean): Promise<void> {
    const before = choice.value()!;
    choice.take({ optional });
    setProblem(undefined);
    try {
      choice.take(await chooseMails(optional));
    } catch (thrown) {
      choice.take(before);
      setProblem(thrown);
    }
  }
  return (
    <Card title={t('mails')}>
      <div class="Account__form">
        <Show when={choice.value()} fallback={choice.error() === undefined ? <Skeleton height="44px" /> : <ProblemView problem={choice.error()} onRetry={choice.reload} busy={choice.isLoading()} compact />}>
          {(known) => <Switch checked={known().optional} onChange={(optional) => void choose(optional)} hint={t('mailsHint')}>{t('mailsOptional')}</Switch>}
        </Show>
        <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
      </div>
    </Card>
  );
}
