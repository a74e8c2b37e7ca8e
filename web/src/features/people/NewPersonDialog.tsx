import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import type { Role } from '#domain/people/roles.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { Button } from '#web/ui/Button.tsx';
import { CopyButton } from '#web/ui/CopyButton.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { createUser, type User } from './api.ts';
import { messages } from './messages.ts';
import { randomPassword } from './random-password.ts';
import { RoleChoice } from './RoleChoice.tsx';

/** Adds one account. */
export function NewPersonDialog(props: { open: boolean; onClose: () => void; onCreated: (user: User) => void }): JSX.Element {
  const t = useMessages(messages);
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [number, setNumber] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [roles, setRoles] = createSignal<Role[]>(['student']);
  const [isTried, setTried] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  createEffect(on(() => props.open, (isOpen) => {
    if (!isOpen) return;
    for (const set of [setName, setEmail, setNumber, setPassword]) set('');
    setRoles(['student']);
    setTried(false);
    setProblem(undefined);
  }));
  const fieldError = (pointer: string): string | undefined => {
    const refused = problem();
    return isProblem(refused) ? refused.fieldError(pointer) : undefined;
  };

  async function create(): Promise<void> {
    setTried(true);
    if (name().trim() === '' || email().trim() === '' || roles().length === 0 || isBusy()) return;
    setBusy(true);
    try {
      props.onCreated(await createUser({ name: name().trim(), email: email().trim(), externalId: number().trim() || null, roles: roles(), ...(password() === '' ? {} : { password: password() }) }));
      props.onClose();
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title={t('add')}
      busy={isBusy()}
      onSubmit={() => void create()}
      footer={<><Button onClick={() => props.onClose()}>{t('cancel')}</Button><Button type="submit" kind="primary" busy={isBusy()} busyText={t('creating')}>{t('create')}</Button></>}
    >
      <TextInput label={t('name')} value={name()} onChange={setName} maxlength={200} autocomplete="off" error={isTried() && name().trim() === '' ? t('nameMissing') : fieldError('/name')} />
      <TextInput label={t('email')} type="email" value={email()} onChange={setEmail} autocomplete="off" error={isTried() && email().trim() === '' ? t('emailMissing') : fieldError('/email')} />
      <TextInput label={t('number')} optional hint={t('numberHint')} value={number()} onChange={setNumber} autocomplete="off" error={fieldError('/externalId')} />
      <RoleChoice value={roles()} onChange={setRoles} error={isTried() && roles().length === 0 ? t('rolesMissing') : fieldError('/roles')} />
      <TextInput
        label={t('password')}
        optional
        hint={t('passwordHint')}
        class="mono"
        value={password()}
        onChange={setPassword}
        autocomplete="off"
        error={fieldError('/password')}
        after={<><Show when={password() !== ''}><CopyButton text={password()} size="small" /></Show><Button size="small" kind="quiet" onClick={() => setPassword(randomPassword())}>{t('makePassword')}</Button></>}
      />
      <Show when={isProblem(problem()) && (problem() as { errors: unknown[] }).errors.length > 0 ? undefined : problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
    </Dialog>
  );
}
