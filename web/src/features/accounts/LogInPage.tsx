import { useNavigate, useSearchParams } from '@solidjs/router';
import ArrowBigUpDash from 'lucide-solid/icons/arrow-big-up-dash';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Hourglass from 'lucide-solid/icons/hourglass';
import Sprout from 'lucide-solid/icons/sprout';
import { createSignal, Show, type JSX } from 'solid-js';

import { homeOf } from '#web/lib/auth.ts';
import { formatClock } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { PasswordInput } from '#web/ui/PasswordInput.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { createCapsLock } from './create-caps-lock.ts';
import { createLogIn, type LogInTrouble } from './create-log-in.ts';
import { localPath, withNext } from './local-path.ts';
import { LogInFrame } from './LogInFrame.tsx';
import { messages } from './messages.ts';

/** Logs in with e-mail and password, then goes where the person was going. */
export function LogInPage(): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const [query] = useSearchParams<{ next?: string; email?: string; registered?: string }>();
  const next = (): string | undefined => localPath(query.next);
  const [email, setEmail] = createSignal(query.email ?? '');
  const [password, setPassword] = createSignal('');
  const capsLock = createCapsLock();
  const login = createLogIn((person) => navigate(next() ?? homeOf(person), { replace: true }));
  let form!: HTMLFormElement;
  createTitle(() => t('logIn'));

  // what a password manager typed may never have reached the signals
  const read = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement).value;
  const waitText = (): string => formatClock(login.waitSeconds() * 1_000);

  return (
    <LogInFrame title={t('logIn')}>
      {(config) => (
        <>
          <form
            ref={form}
            class="LogIn__form"
            novalidate
            onSubmit={(event) => {
              event.preventDefault();
              void login.send(read('email'), read('password'));
            }}
          >
            <TextInput label={t('email')} name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck={false} autofocus={email() === ''} value={email()} onChange={setEmail} />
            <PasswordInput
              label={t('password')}
              labelEnd={<Show when={capsLock()}><span class="LogIn__caps" role="status"><ArrowBigUpDash aria-hidden="true" />{t('capsLock')}</span></Show>}
              name="password"
              autocomplete="current-password"
              value={password()}
              onChange={setPassword}
            />
            <Button type="submit" kind="primary" size="large" wide busy={login.isBusy()} busyText={t('loggingIn')} disabled={login.waitSeconds() > 0}>
              <Show when={login.waitSeconds() > 0} fallback={t('logIn')}><span class="tabular">{t('tryAgainIn', { time: waitText() })}</span></Show>
            </Button>
          </form>
          <div class="LogIn__slot" aria-live="polite">
            <Show when={login.trouble()} fallback={<Greeting ended={next() !== undefined} registered={query.registered !== undefined} />} keyed>
              {(trouble) => <Trouble trouble={trouble} />}
            </Show>
          </div>
          <div class="LogIn__foot">
            <p>{t('forgotten')}</p>
            <Show when={config()?.registration}>
              <p>{t('noAccount')} <Link href={withNext('/register', next())}>{t('registerLink')}</Link></p>
            </Show>
            <p><Link href="/practice" icon={Sprout} stands>{t('practice')}</Link></p>
          </div>
        </>
      )}
    </LogInFrame>
  );
}

function Greeting(props: { ended: boolean; registered: boolean }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.registered} fallback={<p class="LogIn__promise">{t('promise')}</p>}>
      <Banner tone="done" icon={CircleCheck} title={t('registeredTitle')}>{t('registeredHelp')}</Banner>
    </Show>
  );
}

function Trouble(props: { trouble: LogInTrouble }): JSX.Element {
  const t = useMessages(messages);
  const icon = () => (props.trouble.kind === 'offline' ? CloudOff : props.trouble.waitMs > 0 ? Hourglass : CircleAlert);
  return (
    <Banner tone={props.trouble.kind === 'waitOver' ? 'info' : 'attention'} icon={icon()} title={t(props.trouble.kind === 'waitOver' ? 'waitOver' : `${props.trouble.kind}Title`)}>
      <p>{t(`${props.trouble.kind}Help`)}</p>
      <Show when={props.trouble.kind === 'broken' && props.trouble.requestId}>{(id) => <p class="small soft">{t('requestNumber', { id: id() })}</p>}</Show>
    </Banner>
  );
}
