import { useNavigate, useSearchParams } from '@solidjs/router';
import { createSignal, Show, type JSX } from 'solid-js';

import { homeOf, logIn } from '#web/lib/auth.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ApiProblem, isProblem } from '#web/lib/problem.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { PasswordInput } from '#web/ui/PasswordInput.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { register } from './api.ts';
import { localPath, withNext } from './local-path.ts';
import { LogInFrame } from './LogInFrame.tsx';
import { messages } from './messages.ts';

type FieldName = 'name' | 'email' | 'password';
type FieldText = 'nameMissing' | 'emailWrong' | 'passwordShort' | 'emailTaken';

const MIN_PASSWORD = 8;
const WRONG: Readonly<Record<FieldName, FieldText>> = { name: 'nameMissing', email: 'emailWrong', password: 'passwordShort' };

/** Makes a student account, where the institution lets people do that. */
export function RegisterPage(): JSX.Element {
  const t = useMessages(messages);
  createTitle(() => t('registerTitle'));
  return (
    <LogInFrame title={t('registerTitle')}>
      {(config) => (
        <Show when={config()?.registration !== false} fallback={<Banner title={t('registerOff')}>{t('registerOffHelp')}</Banner>}>
          <RegisterForm />
        </Show>
      )}
    </LogInFrame>
  );
}

function RegisterForm(): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const [query] = useSearchParams<{ next?: string }>();
  const next = (): string | undefined => localPath(query.next);
  const [values, setValues] = createSignal<Readonly<Record<FieldName, string>>>({ name: '', email: '', password: '' });
  const [errors, setErrors] = createSignal<Partial<Record<FieldName, FieldText>>>({});
  const [problem, setProblem] = createSignal<unknown>();
  const [isBusy, setBusy] = createSignal(false);
  let form!: HTMLFormElement;

  const set = (name: FieldName) => (value: string): void => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors((before) => ({ ...before, [name]: undefined }));
  };
  const errorOf = (name: FieldName): string => {
    const text = errors()[name];
    return text === undefined ? '' : t(text);
  };
  const check = (): Partial<Record<FieldName, FieldText>> => ({
    ...(values().name.trim() === '' ? { name: 'nameMissing' } : {}),
    ...(/^\S+@\S+\.\S+$/.test(values().email.trim()) ? {} : { email: 'emailWrong' }),
    ...(values().password.length < MIN_PASSWORD ? { password: 'passwordShort' } : {}),
  });

  async function send(): Promise<void> {
    if (isBusy()) return;
    setProblem(undefined);
    setErrors(check());
    if (Object.keys(errors()).length > 0) return focusFirstError();
    const person = { name: values().name.trim(), email: values().email.trim(), password: values().password };
    setBusy(true);
    try {
      await register(person);
    } catch (thrown) {
      take(thrown);
      setBusy(false);
      return;
    }
    try {
      const known = await logIn(person.email, person.password);
      navigate(next() ?? homeOf(known), { replace: true });
    } catch {
      // the account is there; logging in by hand goes on from here
      navigate(`/login?registered=1&email=${encodeURIComponent(person.email)}${next() === undefined ? '' : `&next=${encodeURIComponent(next()!)}`}`, { replace: true });
    }
  }

  function take(thrown: unknown): void {
    const named = (['name', 'email', 'password'] as const).filter((name) => thrown instanceof ApiProblem && thrown.fieldError(`/${name}`) !== undefined);
    if (isProblem(thrown, 'already-exists')) setErrors({ email: 'emailTaken' });
    else if (named.length > 0) setErrors(Object.fromEntries(named.map((name) => [name, WRONG[name]])));
    else return void setProblem(thrown);
    focusFirstError();
  }

  function focusFirstError(): void {
    queueMicrotask(() => form.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus());
  }

  return (
    <>
      <form
        ref={form}
        class="LogIn__form"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextInput label={t('name')} hint={t('nameHint')} error={errorOf('name')} name="name" autocomplete="name" maxlength={200} required autofocus value={values().name} onChange={set('name')} />
        <TextInput label={t('email')} error={errorOf('email')} name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck={false} maxlength={254} required value={values().email} onChange={set('email')} />
        <PasswordInput label={t('password')} hint={t('newPasswordHint')} error={errorOf('password')} name="password" autocomplete="new-password" maxlength={200} required value={values().password} onChange={set('password')} />
        <Button type="submit" kind="primary" size="large" wide busy={isBusy()} busyText={t('registering')}>{t('register')}</Button>
      </form>
      <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
      <p class="LogIn__foot"><span>{t('haveAccount')} <Link href={withNext('/login', next())}>{t('logIn')}</Link></span></p>
    </>
  );
}
