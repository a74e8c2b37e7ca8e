import Check from 'lucide-solid/icons/check';
import Minus from 'lucide-solid/icons/minus';
import { createSignal, For, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Notice } from '#web/ui/Banner.tsx';
import { Switch } from '#web/ui/Switch.tsx';

import { publish, readMails, unpublish } from './api.ts';
import type { Figures } from './figures.ts';
import { messages } from './messages.ts';
import { RESULT_PARTS } from './standing.ts';

import './publish-dialogs.css';

/** Which question is open. */
export type PublishAct = 'publish' | 'unpublish' | undefined;

/** Asks before results are published or taken back: for how many, and who gets to see what. */
export function PublishDialogs(props: { exam: Exam; figures: Figures; students: number; act: PublishAct; onClose: () => void; onDone: (publishedAt: string | null, mails: number) => void }): JSX.Element {
  const t = useMessages(messages);
  const [tells, setTells] = createSignal(true);
  const recipients = createLoad(() => (props.act === 'publish' ? props.exam.id : undefined), readMails);
  // one intent, one key, for as long as a dialog is open
  let keys: { intent: string; key: string } | undefined;
  const keyFor = (act: 'publish' | 'unpublish'): string => {
    const intent = `${act} ${tells()}`;
    if (keys?.intent !== intent) keys = { intent, key: commandKey() };
    return keys.key;
  };
  async function run(act: 'publish' | 'unpublish'): Promise<void> {
    const key = keyFor(act);
    const { resultsPublishedAt, mails } = await (act === 'publish' ? publish(props.exam.id, tells(), key) : unpublish(props.exam.id, key));
    keys = undefined;
    props.onDone(resultsPublishedAt, mails);
  }
  const visible = (): number => props.students - props.figures.withheld;
  return (
    <>
      <ConfirmDialog
        open={props.act === 'publish'} onClose={() => props.onClose()} title={t('publishTitle', { count: visible() })} scope={t('publishScope')} verb={t('publishVerb')} busyText={t('publishBusy')}
        note={t('publishNote')} size={640} onConfirm={() => run('publish')}
      >
        <div class="PublishDialogs__see">
          <Parts title={t('publishSees')} parts={shown(props.exam, true)} icon={Check} />
          <Show when={shown(props.exam, false).length > 0}><Parts title={t('publishSeesNot')} parts={shown(props.exam, false)} icon={Minus} /></Show>
        </div>
        <Show when={props.figures.withheld > 0}><Notice>{t('publishWithheld', { count: props.figures.withheld })}</Notice></Show>
        <Show when={props.figures.withdrawn > 0}><Notice>{t('publishWithdrawn', { count: props.figures.withdrawn })}</Notice></Show>
        <Switch checked={tells()} onChange={setTells} hint={t(tells() ? 'publishMailHint' : 'publishNoMailHint')}>
          {recipients.value() === undefined ? t('publishMail') : t('publishMails', { count: recipients.value()!.recipients })}
        </Switch>
      </ConfirmDialog>
      <ConfirmDialog
        open={props.act === 'unpublish'} onClose={() => props.onClose()} title={t('unpublishTitle', { count: visible() })} scope={t('unpublishScope')} verb={t('unpublishVerb')} busyText={t('unpublishBusy')}
        kind="act" note={t('logged')} onConfirm={() => run('unpublish')}
      />
    </>
  );
}

function Parts(props: { title: string; parts: readonly (typeof RESULT_PARTS)[number][]; icon: typeof Check }): JSX.Element {
  const t = useMessages(messages);
  return (
    <div>
      <h3>{props.title}</h3>
      <ul class="PublishDialogs__parts">
        <For each={props.parts} fallback={<li>{t('see.nothing')}</li>}>{(part) => <li><props.icon class={props.icon === Check ? 'ink-done' : 'soft'} />{t(`see.${part}`)}</li>}</For>
      </ul>
    </div>
  );
}

function shown(exam: Exam, isShown: boolean): (typeof RESULT_PARTS)[number][] {
  return RESULT_PARTS.filter((part) => exam.results[part] === isShown);
}
