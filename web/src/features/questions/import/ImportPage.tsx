import { useNavigate, useSearchParams } from '@solidjs/router';
import { createEffect, createSignal, Match, on, onCleanup, Show, Switch, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { FileDrop } from '#web/ui/FileDrop.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Progress } from '#web/ui/Progress.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { type QuestionImport, readImport, startImport } from '../api.ts';
import { messages as bankMessages } from '../messages.ts';
import { ImportReview } from './ImportReview.tsx';
import { messages } from './messages.ts';

import './import.css';

const MAX_BYTES = 5 * 1024 * 1024;
const ASK_EVERY_MS = 700;

/** Brings a file of questions in: send, read, review, take. The upload stands in the address, so a reload goes on where it was. */
export function ImportPage(): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams<{ upload: string; exam: string }>();
  const [held, setHeld] = createSignal<QuestionImport>();
  const [isSending, setSending] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  createTitle(() => t('title'));
  useShell().setBreadcrumbs(() => [{ label: b('bank'), href: '/staff/questions' }, { label: t('title') }]);

  async function send(file: File): Promise<void> {
    setSending(true);
    setProblem(undefined);
    try {
      const made = await startImport(file, search.exam);
      setHeld(made);
      setSearch({ upload: made.id });
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setSending(false);
    }
  }
  // asks until the file is read
  createEffect(on(() => search.upload, (id) => {
    if (id === undefined) return void setHeld(undefined);
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      readImport(id, stop.signal).then(
        (found) => {
          if (stop.signal.aborted) return;
          setProblem(undefined);
          setHeld(found);
          if (found.state === 'queued' || found.state === 'parsing') timer = setTimeout(ask, ASK_EVERY_MS);
        },
        (thrown: unknown) => !stop.signal.aborted && setProblem(thrown),
      );
    };
    ask();
    onCleanup(() => {
      stop.abort();
      clearTimeout(timer);
    });
  }));
  const again = (): void => {
    setProblem(undefined);
    setSearch({ upload: undefined });
  };
  return (
    <Switch
      fallback={
        <>
          <PageHeader title={t('title')} sub={t('sub')} />
          <PageBody>
            <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} actions={<Button onClick={again}>{t('another')}</Button>} />}</Show>
            <FileDrop accept=".gift,.txt,text/plain" maxBytes={MAX_BYTES} title={t('drop')} hint={t('dropHint')} busy={isSending()} busyText={t('sending')} onFiles={([file]) => file !== undefined && void send(file)} />
          </PageBody>
        </>
      }
    >
      <Match when={held()?.state === 'queued' || held()?.state === 'parsing'}>
        <PageHeader title={t('importName', { name: held()!.fileName })} sub={t('sub')} />
        <PageBody><div role="status"><Progress value={0} max={0} label={t('title')} text={t('reading', { name: held()!.fileName })} /></div></PageBody>
      </Match>
      <Match when={held()?.state === 'failed'}>
        <PageHeader title={t('importName', { name: held()!.fileName })} actions={<Button kind="primary" onClick={again}>{t('another')}</Button>} />
        <PageBody><ProblemView problem={undefined} title={t('failed')} help={held()!.detail ?? ''} /></PageBody>
      </Match>
      <Match when={(held()?.state === 'ready' || held()?.state === 'committed') && held()}>
        {(review) => <ImportReview held={review()} onDone={() => readImport(review().id).then(setHeld)} onDiscard={() => (search.exam === undefined ? again() : navigate(`/staff/exams/${search.exam}/edit`))} />}
      </Match>
    </Switch>
  );
}
