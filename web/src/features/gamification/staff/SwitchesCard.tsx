import { createMemo, For, Show, type JSX } from 'solid-js';

import { timeZoneLabel, timeZones } from '#web/features/accounts/time-zones.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { Combobox } from '#web/ui/Combobox.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Switch } from '#web/ui/Switch.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { BadgeCounts, Gamification } from '../api.ts';
import { Medal } from '../Medal.tsx';
import { messages as studentMessages } from '../messages.ts';
import { useBadgeWords } from '../use-badge-words.ts';
import type { Switches } from './create-switches.ts';
import { messages } from './messages.ts';

const BADGES = ['perfect', 'fast', 'consistent', 'clean', 'early-bird'] as const;

/** What of it the batch has; each switch is kept at once. */
export function SwitchesCard(props: { settings: Gamification; switches: Switches }): JSX.Element {
  const t = useMessages(messages);
  const value = (): ReturnType<Switches['value']> => props.switches.value();
  const zones = createMemo(() => timeZones(value().timeZone).map((zone) => ({ value: zone, label: timeZoneLabel(zone) })));
  return (
    <Card title={t('switches')} actions={<span class="small soft" role="status">{props.switches.isBusy() ? t('saving') : props.settings.version > 0 && props.switches.problem() === undefined ? t('saved') : ''}</span>}>
      <div class="stack">
        <Switch end checked={value().enabled} onChange={(enabled) => void props.switches.set({ enabled })} hint={t('enabledHint')}>{t('enabled')}</Switch>
        <Switch end checked={value().points} onChange={(points) => void props.switches.set({ points, ...(points ? {} : { leaderboard: false }) })} hint={t('pointsHint')}>{t('points')}</Switch>
        <Switch end checked={value().leaderboard} disabled={!value().points} onChange={(leaderboard) => void props.switches.set({ leaderboard })} hint={value().points ? t('leaderboardHint') : t('leaderboardNeeds')}>{t('leaderboard')}</Switch>
        <div class="CourseAwardsPage__fields">
          <Combobox label={t('zone')} hint={t('zoneHint')} options={zones()} value={{ value: value().timeZone, label: timeZoneLabel(value().timeZone) }} onChange={(chosen) => chosen !== undefined && chosen.value !== value().timeZone && void props.switches.set({ timeZone: chosen.value })} />
          <TextInput type="date" label={t('term')} hint={t('termHint')} value={value().termStartsOn ?? ''} onChange={(day) => void props.switches.set({ termStartsOn: day === '' ? null : day })} />
        </div>
        <Show when={props.switches.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
        <p class="soft">{props.settings.exams.length === 0 ? t('noExams') : t('exams', props.settings.exams.length)}</p>
      </div>
    </Card>
  );
}

/** The badges that come with the platform, with how many would have each now. */
export function BadgesCard(props: { switches: Switches; counts: BadgeCounts | undefined }): JSX.Element {
  const t = useMessages(messages);
  const own = useMessages(studentMessages);
  const words = useBadgeWords();
  const isOn = (badge: (typeof BADGES)[number]): boolean => props.switches.value().badges.includes(badge);
  const toggle = (badge: (typeof BADGES)[number], next: boolean): void => {
    const rest = props.switches.value().badges.filter((one) => one !== badge);
    void props.switches.set({ badges: next ? [...rest, badge] : rest });
  };
  return (
    <Card title={t('badges')}>
      <ul class="AwardRows">
        <For each={BADGES}>
          {(badge) => (
            <li>
              <Medal badge={badge} isOpen={!isOn(badge)} />
              <Switch
                end checked={isOn(badge)} onChange={(next) => toggle(badge, next)}
                hint={<>{own(`how.${badge}`)} <CountOf badge={badge} counts={props.counts} /></>}
              >{words.nameOf({ badge, name: null })}</Switch>
            </li>
          )}
        </For>
      </ul>
    </Card>
  );
}

/** How many have a badge by their results. */
export function CountOf(props: { badge: string; counts: BadgeCounts | undefined }): JSX.Element {
  const t = useMessages(messages);
  const text = (): string => {
    if (props.counts === undefined) return '';
    const count = props.counts.items.find(({ badge }) => badge === props.badge)?.count;
    return props.counts.of === 0 ? t('nobodyYet') : count === undefined ? '' : t('wouldHave', count, props.counts.of);
  };
  return <span class="AwardRows__count">{text()}</span>;
}
