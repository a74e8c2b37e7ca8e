import { createResource, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Mark } from '#web/ui/Mark.tsx';
import { readConfig, type PublicConfig } from './api.ts';
import { messages } from './messages.ts';

import './log-in.css';

/** The page around log-in and registration, with the mark that grips its line. What is inside gets the configuration; undefined until it is known. */
export function LogInFrame(props: { title: string; children: (config: () => PublicConfig | undefined) => JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  // without an answer the page still logs in; it just knows no name
  const [config] = createResource(() => readConfig().catch(() => undefined));
  const known = (): PublicConfig | undefined => (config.state === 'ready' ? config.latest : undefined);
  // what an installation is called before somebody names it
  const institution = (): string | undefined => (known()?.institution.name === 'Holdfast' ? undefined : known()?.institution.name);
  return (
    <div class="LogIn">
      <header class="LogIn__top">
        <div class="LogIn__col LogIn__brand">
          <Mark class="LogIn__mark" hangs stem={210} />
          <p class="LogIn__name">Holdfast</p>
          <p class="LogIn__org">
            <Show when={institution()} fallback={config.state === 'ready' ? t('onlineExams') : ' '}>{(name) => t('examsAt', { name: name() })}</Show>
          </p>
        </div>
      </header>
      <main class="LogIn__col LogIn__main">
        <h1>{props.title}</h1>
        {props.children(known)}
      </main>
    </div>
  );
}
