import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { noteUser, useUser, type User } from '#web/lib/auth.ts';
import { formatTime, localZone } from '#web/lib/format.ts';
import { chooseLanguage, currentLanguage, type Language, LANGUAGES, useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Combobox } from '#web/ui/Combobox.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Select } from '#web/ui/Select.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { changeProfile, readProfile } from './api.ts';
import { messages } from './messages.ts';
import { timeZoneLabel, timeZones } from './time-zones.ts';

type Change = Partial<Pick<User, 'name' | 'timeZone' | 'locale'>>;

/** Name, language and time zone of the account; saved by a button. */
export function ProfileForm(): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const [change, setChange] = createSignal<Change>({});
  const [error, setError] = createSignal('');
  const [problem, setProblem] = createSignal<unknown>();
  const [note, setNote] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const shown = createMemo(() => ({ name: user().name, timeZone: user().timeZone, locale: user().locale, ...change() }));
  const isChanged = (): boolean => (['name', 'timeZone', 'locale'] as const).some((name) => shown()[name] !== user()[name]);
  const zones = createMemo(() => timeZones(user().timeZone).map((value) => ({ value, label: timeZoneLabel(value) })));
  const language = (): Language => {
    const code = change().locale?.slice(0, 2) ?? currentLanguage();
    return code in LANGUAGES ? (code as Language) : 'en';
  };

  const edit = (part: Change): void => {
    setChange((before) => ({ ...before, ...part }));
    setNote(undefined);
    setError('');
  };

  async function save(): Promise<void> {
    if (isBusy()) return;
    if (shown().name.trim() === '') return void setError(t('nameMissing'));
    setBusy(true);
    setProblem(undefined);
    try {
      const saved = await changeProfile(user(), { ...shown(), name: shown().name.trim() });
      if (change().locale !== undefined) chooseLanguage(language());
      noteUser(saved);
      setChange({});
      setNote(t('savedAt', { time: formatTime(serverNowMs(), { seconds: true }) }));
    } catch (thrown) {
      if (isProblem(thrown, 'version-conflict')) await readProfile().then(noteUser, setProblem).then(() => setNote(t('profileStale')));
      else setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card title={t('profile')}>
      <form
        class="Account__form"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p class="small soft">{t('profileIntro', { email: user().email })}<Show when={user().externalId}>{(number) => <> {t('studentNumber')}: <span class="mono">{number()}</span>.</>}</Show></p>
        <TextInput label={t('name')} error={error()} name="name" autocomplete="name" maxlength={200} required value={shown().name} onChange={(name) => edit({ name })} />
        <Select label={t('language')} options={Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }))} value={language()} onChange={(locale) => edit({ locale })} />
        <Combobox label={t('timeZone')} hint={t('timeZoneHint', { zone: timeZoneLabel(localZone()) })} options={zones()} value={{ value: shown().timeZone, label: timeZoneLabel(shown().timeZone) }} onChange={(zone) => zone !== undefined && edit({ timeZone: zone.value })} />
        <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
        <div class="Account__act">
          <Button type="submit" kind="primary" busy={isBusy()} busyText={t('saving')} disabled={!isChanged()}>{t('save')}</Button>
          <p class="small soft" role="status">{note() ?? (isChanged() ? t('notSaved') : '')}</p>
        </div>
      </form>
    </Card>
  );
}
