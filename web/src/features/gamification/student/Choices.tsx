import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { Switch } from '#web/ui/Switch.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { type Preferences, savePreferences } from '../api.ts';
import { messages } from '../messages.ts';

/** Whether the student takes part in leaderboards, and under which name. */
export function Choices(props: { preferences: Preferences; onSaved: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [takesPart, setTakesPart] = createSignal(true);
  const [shownAs, setShownAs] = createSignal<Preferences['shownAs']>('initials');
  const [alias, setAlias] = createSignal('');
  const [said, setSaid] = createSignal('');
  const show = (given: Preferences): void => {
    setTakesPart(!given.optedOut);
    setShownAs(given.shownAs);
    setAlias(given.alias);
  };
  createEffect(on(() => props.preferences, show));
  const save = createAct(async () => {
    setSaid('');
    const kept = await savePreferences({ optedOut: !takesPart(), shownAs: shownAs(), alias: alias().trim() });
    setSaid(kept.optedOut ? t('savedOut') : t('saved', { name: kept.name }));
    props.onSaved();
  });
  const choose = async (change: () => void): Promise<void> => {
    change();
    if (shownAs() === 'alias' && alias().trim() === '') return;
    if (!(await save.run())) show(props.preferences);
  };
  return (
    <Card title={t('choices')} class="Choices">
      <div class="stack">
        <Switch end checked={takesPart()} onChange={(next) => void choose(() => setTakesPart(next))} hint={t('takePartHint')}>{t('takePart')}</Switch>
        <Show when={takesPart()}>
          <RadioGroup
            beside label={t('shownAs')} value={shownAs()} onChange={(next) => void choose(() => setShownAs(next))}
            options={[{ value: 'initials', label: t('initials') }, { value: 'name', label: t('fullName') }, { value: 'alias', label: t('alias') }]}
          />
          <Show when={shownAs() === 'alias'}>
            <form class="Choices__alias" onSubmit={(event) => { event.preventDefault(); void choose(() => undefined); }}>
              <TextInput label={t('aliasLabel')} hint={t('aliasHint')} maxlength={30} value={alias()} onChange={setAlias} />
              <Button type="submit" busy={save.isBusy()} busyText={t('saving')} disabled={alias().trim() === ''} title={alias().trim() === '' ? t('aliasMissing') : undefined}>{t('save')}</Button>
            </form>
          </Show>
        </Show>
        <Show when={save.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
        <p class="small soft" role="status">{said()}</p>
      </div>
    </Card>
  );
}
