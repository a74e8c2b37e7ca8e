import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { createTimeWords } from './Clock.tsx';
import { newId } from './ids.ts';
import { laterMessages as messages } from './later-messages.ts';
import { SitDialog } from './SitDialog.tsx';
import { useSit } from './sit-context.ts';

import './hand-in.css';

/** Asks before an exam is handed in: what has an answer, what has none, what is flagged, and a way to each of them. */
export function HandInDialog(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const left = createTimeWords();
  // one intent of the student, whatever happens on the way
  const key = newId();
  const [step, setStep] = createSignal<'look' | 'confirm'>('look');
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>(null);
  const empty = createMemo(() => sit.items().filter((item) => !sit.isAnswered(item)));
  const flagged = createMemo(() => sit.items().filter(({ id }) => sit.place.flagged().has(id)));
  const ahead = (): number => sit.total() - sit.items().length;
  const answered = (): number => sit.items().length - empty().length;
  const summary = sit.answers.summary;
  const close = (): void => sit.show(null);

  async function handIn(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await sit.handIn(key);
      close();
    } catch (error) {
      setProblem(error);
      setBusy(false);
      void sit.answers.flush();
    }
  }

  return (
    <SitDialog
      size={640} busy={isBusy()} onClose={close} title={t(step() === 'look' ? 'handInTitle' : 'handInSure')}
      scope={t('handInScope', { left: left() })}
      footer={
        <>
          <Button disabled={isBusy()} onClick={() => (step() === 'look' ? close() : setStep('look'))}>{t(step() === 'look' ? 'goOn' : 'back')}</Button>
          <Show
            when={step() === 'confirm'}
            fallback={<Button kind="primary" onClick={() => setStep('confirm')}>{t('handInNext')}</Button>}
          >
            <Button kind="primary" busy={isBusy()} busyText={t('handingIn')} onClick={() => void handIn()}>{t('handInNow')}</Button>
          </Show>
        </>
      }
    >
      <div class="HandIn__counts">
        <p><b>{answered()}</b> {t('answered')}</p>
        <p data-open={empty().length + ahead() > 0 ? '' : undefined}><b>{empty().length + ahead()}</b> {t('withoutAnswer')}</p>
        <p><b>{flagged().length}</b> {t('flagged')}</p>
      </div>
      <Show when={step() === 'look'} fallback={<p>{t('handInFinal')}</p>}>
        <Jumps title={t('withoutAnswerList')} ids={empty().map(({ id }) => id)} />
        <Jumps title={t('flaggedList')} ids={flagged().map(({ id }) => id)} />
      </Show>
      <Show when={summary().conflicts > 0}><Banner tone="attention" title={t('handInConflicts', summary().conflicts)}><p>{t('handInConflictsHelp')}</p></Banner></Show>
      <Show when={summary().conflicts === 0 && summary().unsent > 0}><Banner tone="attention" title={t('handInUnsent', summary().unsent)}><p>{t('handInUnsentHelp')}</p></Banner></Show>
      <Show when={problem()}>{(error) => <ProblemView compact problem={error()} title={t('notHandedIn')} onRetry={() => void handIn()} />}</Show>
    </SitDialog>
  );
}

function Jumps(props: { title: string; ids: readonly string[] }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  return (
    <Show when={props.ids.length > 0}>
      <div>
        <h3 class="HandIn__title">{props.title}</h3>
        <ul class="HandIn__jumps">
          <For each={props.ids}>
            {(id) => (
              <li>
                <Show when={!sit.isForward() || sit.current()?.id === id} fallback={<span class="HandIn__gone">{sit.numberOf(id)}</span>}>
                  <Button aria-label={t('goToQuestion', { number: String(sit.numberOf(id)) })} onClick={() => sit.go(id)}>{sit.numberOf(id)}</Button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}
