import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';

import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { listVersions, type Question, type QuestionVersion } from '../api.ts';
import { Differences } from './Differences.tsx';
import { type Draft, draftOf } from './draft.ts';
import { messages } from './messages.ts';

/** The versions of a question, each to compare with the newest, and to take into the form. */
export function VersionsDialog(props: { open: boolean; onClose: () => void; question: Question; onTake: (draft: Draft) => void }): JSX.Element {
  const t = useMessages(messages);
  const [versions, setVersions] = createSignal<readonly QuestionVersion[]>([]);
  const [next, setNext] = createSignal<string | null>(null);
  const [isLoading, setLoading] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [chosen, setChosen] = createSignal<number>();
  async function load(cursor?: string): Promise<void> {
    setLoading(true);
    setProblem(undefined);
    try {
      const page = await listVersions(props.question.id, cursor);
      setVersions((shown) => (cursor === undefined ? page.items : [...shown, ...page.items]));
      setNext(page.nextCursor);
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setLoading(false);
    }
  }
  createEffect(on(() => props.open, (isOpen) => {
    if (!isOpen) return;
    setChosen(undefined);
    void load();
  }));
  const picked = (): QuestionVersion | undefined => versions().find(({ version }) => version === chosen());
  return (
    <Dialog open={props.open} onClose={() => props.onClose()} size={940} title={t('versionsTitle')}>
      <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact onRetry={() => void load()} />}</Show>
      <Show when={versions().length > 0 || !isLoading()} fallback={<Skeleton kind="row" count={3} />}>
        <div class="Versions">
          <ol class="Versions__list">
            <For each={versions()}>
              {(version, index) => (
                <li>
                  <button type="button" class="Versions__item" aria-pressed={chosen() === version.version} onClick={() => setChosen(version.version)}>
                    <b>{t('versionLine', { version: version.version })}</b>
                    <Show when={index() === 0}><Badge tone="accent">{t('versionNow')}</Badge></Show>
                    <span class="soft">{formatDateTime(version.createdAt)}</span>
                  </button>
                </li>
              )}
            </For>
            <Show when={next()}>{(cursor) => <li><Button size="small" busy={isLoading()} onClick={() => void load(cursor())}>…</Button></li>}</Show>
          </ol>
          <div class="Versions__compare">
            <Show when={picked()} fallback={<p class="soft">{t('versionShow')}</p>}>
              {(version) => (
                <>
                  <Differences before={version().question} after={versions()[0]!.question} beforeName={t('then', { version: version().version })} afterName={t('now')} />
                  <Show when={version().version !== props.question.version}>
                    <Button onClick={() => { props.onTake(draftOf(version().question)); props.onClose(); }}>{t('versionRestore')}</Button>
                  </Show>
                </>
              )}
            </Show>
          </div>
        </div>
      </Show>
    </Dialog>
  );
}
