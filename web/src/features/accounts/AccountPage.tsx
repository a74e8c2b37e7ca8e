import { createSignal, onMount, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { chooseTheme, currentTheme, type Theme } from '#web/lib/theme.ts';
import { createTitle } from '#web/lib/title.ts';
import { Card } from '#web/ui/Card.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { listLogins, type Login } from './api.ts';
import { LoginList } from './LoginList.tsx';
import { MailChoice } from './MailChoice.tsx';
import { messages } from './messages.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { ProfileForm } from './ProfileForm.tsx';

import './account.css';

/** The own account: profile, appearance, password, log-ins. The same for students and staff. */
export function AccountPage(): JSX.Element {
  const t = useMessages(messages);
  const [logins, setLogins] = createSignal<readonly Login[]>();
  const [problem, setProblem] = createSignal<unknown>();
  createTitle(() => t('account'));

  async function load(): Promise<void> {
    try {
      setLogins(await listLogins());
      setProblem(undefined);
    } catch (thrown) {
      setProblem(thrown);
    }
  }
  onMount(() => void load());

  const themes = (): { value: Theme; label: string }[] => [
    { value: 'system', label: t('themeSystem') },
    { value: 'light', label: t('themeLight') },
    { value: 'dark', label: t('themeDark') },
  ];
  return (
    <div class="Account">
      <PageHeader title={t('account')} />
      <div class="Account__cards">
        <ProfileForm />
        <Card title={t('appearance')}>
          <div class="Account__form">
            <p class="small soft">{t('appearanceIntro')}</p>
            <Segmented label={t('theme')} options={themes()} value={currentTheme()} onChange={chooseTheme} wide />
          </div>
        </Card>
        <MailChoice />
        <PasswordForm onChanged={() => void load()} />
        <LoginList logins={logins()} problem={problem()} onReload={() => void load()} />
      </div>
    </div>
  );
}
