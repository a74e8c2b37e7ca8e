import { type JSX, onMount, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { ApiProblem, Offline } from '#web/lib/problem.ts';
import { Button } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { messages } from './messages.ts';

import './pages.css';

const RELOADED = 'holdfast.reloaded';

/** Stands in for a page that threw; a shell around it has the landmark already. */
export function BrokenPage(props: { error: unknown; onRetry: () => void; isInShell?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const isExpected = (): boolean => props.error instanceof ApiProblem || props.error instanceof Offline;
  onMount(() => {
    if (!isExpected()) console.error(props.error);
    if (isOldBuild(props.error)) reloadOnce();
  });
  return (
    <Dynamic component={props.isInShell === true ? 'div' : 'main'} class="LonePage">
      <Show when={isExpected()} fallback={<ProblemView heads problem={props.error} title={t('brokenTitle')} help={t('brokenHelp')} actions={<Button onClick={() => location.reload()}>{t('reload')}</Button>} />}>
        <ProblemView heads problem={props.error} onRetry={props.onRetry} actions={<Button href="/">{t('home')}</Button>} />
      </Show>
    </Dynamic>
  );
}

// a page of an older release asks for a part that the server has no more
function isOldBuild(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|Importing a module script failed/.test(error.message);
}

function reloadOnce(): void {
  try {
    if (sessionStorage.getItem(RELOADED) === location.href) return;
    sessionStorage.setItem(RELOADED, location.href);
    location.reload();
  } catch {
    // without storage a reload could go round in circles
  }
}
