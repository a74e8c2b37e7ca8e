import { createSignal, Show, type JSX } from 'solid-js';

import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';

import type { Question } from '../api.ts';
import type { Editor } from './create-editor.ts';
import { Differences } from './Differences.tsx';
import { inputOf } from './draft.ts';
import { messages } from './messages.ts';

/** Somebody else saved first: both versions, and the choice. */
export function ConflictDialog(props: { editor: Editor }): JSX.Element {
  const t = useMessages(messages);
  const [compares, setCompares] = createSignal(false);
  const mine = (): Question => ({ ...props.editor.theirs()!, ...(inputOf(props.editor.draft) as object), explanation: props.editor.draft.explanation.value === '' ? null : props.editor.draft.explanation }) as Question;
  return (
    <Dialog
      open={props.editor.theirs() !== undefined}
      onClose={() => props.editor.dismissTheirs()}
      size={640}
      keeps
      busy={props.editor.isSaving()}
      title={t('conflictTitle')}
      note={t('conflictTakeHint')}
      footer={
        <>
          <Button disabled={props.editor.isSaving()} onClick={() => props.editor.takeTheirs()}>{t('conflictTake')}</Button>
          <Button kind="primary" busy={props.editor.isSaving()} busyText={t('saving')} onClick={() => void props.editor.keepMine()}>{t('conflictKeep')}</Button>
        </>
      }
    >
      <Show when={props.editor.theirs()}>
        {(theirs) => (
          <>
            <p>{t('conflictText', { theirs: theirs().version, at: formatDateTime(theirs().updatedAt), yours: props.editor.stored()?.version ?? 1 })}</p>
            <Show when={compares()} fallback={<div><Button onClick={() => setCompares(true)}>{t('conflictCompare')}</Button></div>}>
              <Differences before={theirs()} after={mine()} beforeName={t('then', { version: theirs().version })} afterName={t('unsaved')} />
            </Show>
          </>
        )}
      </Show>
    </Dialog>
  );
}
