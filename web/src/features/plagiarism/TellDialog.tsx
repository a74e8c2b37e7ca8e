import { createSignal, Show, type JSX } from 'solid-js';

import { NoticeBanner } from '#web/features/notices/NoticeBanner.tsx';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { type PairDetail, tellStudent } from './api.ts';
import { messages } from './messages.ts';

/** Writes to one student of a confirmed pair, with the message as the student will see it. */
export function TellDialog(props: { detail: PairDetail; which: 'a' | 'b'; examTitle: string; onClose: () => void; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const side = () => props.detail.pair[props.which];
  const other = () => props.detail.pair[props.which === 'a' ? 'b' : 'a'].student;
  const [text, setText] = createSignal(t('tellText', { exam: props.examTitle }));
  const [error, setError] = createSignal<string>();
  const key = commandKey();
  const openedAtMs = serverNowMs();
  const namesOther = (): boolean => [other().name, other().externalId].some((name) => name !== null && name.trim().length > 2 && text().includes(name.trim()));
  async function send(): Promise<void> {
    try {
      await tellStudent(props.detail.pair.id, { sessionId: side().sessionId, text: text().trim(), version: props.detail.pair.version }, key);
    } catch (thrown) {
      if (isProblem(thrown, 'validation-failed')) setError(thrown.errors[0]?.message);
      throw thrown;
    }
    props.onDone();
  }
  return (
    <ConfirmDialog
      open onClose={props.onClose} size={640} title={t('tellTitle', { name: side().student.name })} scope={t('tellScope')} verb={t('tellVerb')} busyText={t('tellBusy')}
      disabled={text().trim() === '' || namesOther()} note={t('tellNote')} onConfirm={send}
    >
      <TextArea
        label={t('tellLabel')} hint={t('tellHint')} error={namesOther() ? t('tellNames') : error()} rows={7} maxlength={4_000} dir="auto" value={text()}
        onChange={(value) => { setText(value); setError(undefined); }}
      />
      <Show when={text().trim() !== ''}>
        <div class="TellDialog__preview">
          <p class="small soft">{t('tellPreview', { name: side().student.name })}</p>
          <NoticeBanner notice={{ examTitle: props.examTitle, text: text().trim(), withdrawnAt: null, at: openedAtMs }} />
        </div>
      </Show>
    </ConfirmDialog>
  );
}
