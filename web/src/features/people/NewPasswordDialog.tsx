import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { CopyButton } from '#web/ui/CopyButton.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { patchUser, type User } from './api.ts';
import { messages } from './messages.ts';
import { randomPassword } from './random-password.ts';

/** Gives somebody a new password, which is shown once. */
export function NewPasswordDialog(props: { user: User; open: boolean; onClose: () => void; onChanged: (user: User) => void }): JSX.Element {
  const t = useMessages(messages);
  const [password, setPassword] = createSignal<string>();
  createEffect(on(() => props.open, () => setPassword(undefined)));
  const set = createAct(async () => {
    const next = randomPassword();
    props.onChanged(await patchUser(props.user, { password: next }));
    setPassword(next);
  });
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title={t('newPasswordAsk', { name: props.user.name })}
      scope={password() === undefined ? t('newPasswordScope', { name: props.user.name }) : undefined}
      busy={set.isBusy()}
      footer={
        <Show when={password() === undefined} fallback={<Button kind="primary" onClick={() => props.onClose()}>{t('close')}</Button>}>
          <Button onClick={() => props.onClose()}>{t('cancel')}</Button>
          <Button kind="act" busy={set.isBusy()} busyText={t('saving')} onClick={() => void set.run()}>{t('setPassword')}</Button>
        </Show>
      }
    >
      <Show when={password()}>{(text) => <><p>{t('newPasswordDone')}</p><p class="row"><output class="mono strong">{text()}</output><CopyButton text={text()} name={t('password')} /></p></>}</Show>
      <Show when={set.problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
    </Dialog>
  );
}
