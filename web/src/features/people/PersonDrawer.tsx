import ChartLine from 'lucide-solid/icons/chart-line';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import type { Role } from '#domain/people/roles.ts';
import { messages as analysis } from '#web/features/analytics/messages.ts';
import { useUser } from '#web/lib/auth.ts';
import { createAct } from '#web/lib/create-act.ts';
import { request } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { Button } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Drawer } from '#web/ui/Drawer.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Tabs } from '#web/ui/Tabs.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { AccommodationsForm } from './AccommodationsForm.tsx';
import { patchUser, type User } from './api.ts';
import { messages } from './messages.ts';
import { NewPasswordDialog } from './NewPasswordDialog.tsx';
import { RoleChoice } from './RoleChoice.tsx';

/** One account: what it is, what it may, its extra time. */
export function PersonDrawer(props: { user: User | undefined; onClose: () => void; onChanged: (user: User) => void }): JSX.Element {
  const t = useMessages(messages);
  const say = useMessages(analysis);
  const [asks, setAsks] = createSignal<'disable' | 'password'>();
  return (
    <Show when={props.user}>
      {(user) => (
        <>
          <Drawer open takesFocus onClose={() => props.onClose()} title={user().name} sub={user().email} {...(user().roles.includes('student') ? { footer: <Button size="small" icon={ChartLine} href={`/staff/students/${user().id}`}>{say('progress')}</Button> } : {})}>
            <Show when={user().roles.includes('student')} fallback={<AccountForm user={user()} onChanged={props.onChanged} onAsk={setAsks} />}>
              <Tabs
                label={user().name}
                tabs={[
                  { value: 'account', label: t('details'), content: () => <AccountForm user={user()} onChanged={props.onChanged} onAsk={setAsks} /> },
                  { value: 'time', label: t('time'), content: () => <AccommodationsForm userId={user().id} /> },
                ]}
              />
            </Show>
          </Drawer>
          <ConfirmDialog
            open={asks() === 'disable'}
            onClose={() => setAsks(undefined)}
            kind="act"
            title={t('disableAsk', { name: user().name })}
            scope={t('disableScope')}
            verb={t('disable')}
            onConfirm={async () => props.onChanged(await patchUser(user(), { disabled: true }))}
          />
          <NewPasswordDialog user={user()} open={asks() === 'password'} onClose={() => setAsks(undefined)} onChanged={props.onChanged} />
        </>
      )}
    </Show>
  );
}

function AccountForm(props: { user: User; onChanged: (user: User) => void; onAsk: (what: 'disable' | 'password') => void }): JSX.Element {
  const t = useMessages(messages);
  const me = useUser();
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [number, setNumber] = createSignal('');
  const [roles, setRoles] = createSignal<Role[]>([]);
  const [isSaved, setSaved] = createSignal(false);
  createEffect(on(() => [props.user.id, props.user.version], () => {
    setName(props.user.name);
    setEmail(props.user.email);
    setNumber(props.user.externalId ?? '');
    setRoles([...props.user.roles]);
  }));
  createEffect(on(() => props.user.id, () => setSaved(false)));
  const save = createAct(async () => {
    try {
      props.onChanged(await patchUser(props.user, { name: name().trim(), email: email().trim(), externalId: number().trim() || null, roles: roles() }));
      setSaved(true);
    } catch (thrown) {
      if (isProblem(thrown, 'version-conflict')) props.onChanged(await request<User>('GET', `/users/${props.user.id}`));
      throw thrown;
    }
  });
  const enable = createAct(async () => props.onChanged(await patchUser(props.user, { disabled: false })));
  const isChanged = (): boolean => name() !== props.user.name || email() !== props.user.email || number() !== (props.user.externalId ?? '') || roles().join() !== props.user.roles.join();
  const isMe = (): boolean => me().id === props.user.id;

  return (
    <form
      class="stack"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <TextInput label={t('name')} value={name()} onChange={setName} maxlength={200} error={name().trim() === '' ? t('nameMissing') : undefined} />
      <TextInput label={t('email')} type="email" value={email()} onChange={setEmail} error={email().trim() === '' ? t('emailMissing') : undefined} />
      <TextInput label={t('number')} optional reserve hint={t('numberHint')} value={number()} onChange={setNumber} />
      <RoleChoice value={roles()} onChange={setRoles} error={roles().length === 0 ? t('rolesMissing') : undefined} />
      <Show when={save.problem() ?? enable.problem()}>{(thrown) => <ProblemView problem={thrown()} compact {...(isProblem(thrown(), 'version-conflict') ? { help: t('changedElsewhere') } : {})} />}</Show>
      <div class="row wrap">
        <Button type="submit" kind="primary" disabled={!isChanged() || roles().length === 0} busy={save.isBusy()} busyText={t('saving')}>{t('save')}</Button>
        <span class="soft small" role="status">{isSaved() && !isChanged() ? t('saved') : ''}</span>
      </div>
      <hr />
      <div class="row wrap">
        <Button onClick={() => props.onAsk('password')}>{t('newPassword')}</Button>
        <Show when={props.user.disabled} fallback={<Button kind="danger" disabled={isMe()} onClick={() => props.onAsk('disable')}>{t('disable')}</Button>}>
          <Button busy={enable.isBusy()} busyText={t('saving')} onClick={() => void enable.run()}>{t('enable')}</Button>
        </Show>
      </div>
    </form>
  );
}
