import { createMemo, For, Show, type JSX } from 'solid-js';

import { timeZoneLabel, timeZones } from '#web/features/accounts/time-zones.ts';
import { createAct } from '#web/lib/create-act.ts';
import { localZone } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ApiProblem } from '#web/lib/problem.ts';
import { Card } from '#web/ui/Card.tsx';
import { Combobox } from '#web/ui/Combobox.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Switch } from '#web/ui/Switch.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { type BadgeCounts, type Gamification, type GamificationIn, saveGamification } from '../api.ts';
import { Medal } from '../Medal.tsx';
import { messages as studentMessages } from '../messages.ts';
import { useBadgeWords } from '../use-badge-words.ts';
import { messages } from './messages.ts';

interface Props {
  settings: Gamification;
  onSaved: (settings: Gamification) => void;
  /** Somebody else was faster. */
  onStale: () => void;
}

const BADGES = ['perfect', 'fast', 'consistent', 'clean', 'early-bird'] as const;

function createSave(props: Props) {
  return createAct(async (change: Partial<GamificationIn>) => {
    const { badges, enabled, leaderboard, points, termStartsOn, timeZone, version } = props.settings;
    try {
      // until somebody chose, the days of the course are those of who switches it on
      const zone = version === 0 ? localZone() : timeZone;
      props.onSaved(await saveGamification(props.settings.batchId, { badges, enabled, leaderboard, points, termStartsOn, timeZone: zone, ...change }, version));
    } catch (thrown) {
      if (thrown instanceof ApiProblem && thrown.code === 'version-conflict') props.onStale();
      throw thrown;
    }
  });
}

/** What of it the batch has; each switch is kept at once. */
export function SwitchesCard(props: Props): JSX.Element {
  const t = useMessages(messages);
  const save = createSave(props);
  const zones = createMemo(() => timeZones(props.settings.timeZone).map((value) => ({ value, label: timeZoneLabel(value) })));
  const zone = (): string => (props.settings.version === 0 ? localZone() : props.settings.timeZone);
  return (
    <Card title={t('switches')} actions={<span class="small soft" role="status">{save.isBusy() ? t('saving') : props.settings.version > 0 && save.problem() === undefined ? t('saved') : ''}</span>}>
      <div class="stack">
        <Switch end checked={props.settings.enabled} onChange={(enabled) => void save.run({ enabled })} hint={t('enabledHint')}>{t('enabled')}</Switch>
        <Switch end checked={props.settings.points} onChange={(points) => void save.run({ points, ...(points ? {} : { leaderboard: false }) })} hint={t('pointsHint')}>{t('points')}</Switch>
        <Switch end checked={props.settings.leaderboard} disabled={!props.settings.points} onChange={(leaderboard) => void save.run({ leaderboard })} hint={props.settings.points ? t('leaderboardHint') : t('leaderboardNeeds')}>{t('leaderboard')}</Switch>
        <div class="CourseAwardsPage__fields">
          <Combobox label={t('zone')} hint={t('zoneHint')} options={zones()} value={{ value: zone(), label: timeZoneLabel(zone()) }} onChange={(chosen) => chosen !== undefined && chosen.value !== zone() && void save.run({ timeZone: chosen.value })} />
          <TextInput type="date" label={t('term')} hint={t('termHint')} value={props.settings.termStartsOn ?? ''} onChange={(day) => void save.run({ termStartsOn: day === '' ? null : day })} />
        </div>
        <Show when={save.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
        <p class="soft">{props.settings.exams.length === 0 ? t('noExams') : t('exams', props.settings.exams.length)}</p>
      </div>
    </Card>
  );
}

/** The badges that come with the platform, with how many would have each now. */
export function BadgesCard(props: Props & { counts: BadgeCounts | undefined }): JSX.Element {
  const t = useMessages(messages);
  const own = useMessages(studentMessages);
  const words = useBadgeWords();
  const save = createSave(props);
  const toggle = (badge: (typeof BADGES)[number], isOn: boolean): void => {
    const rest = props.settings.badges.filter((one) => one !== badge);
    void save.run({ badges: isOn ? [...rest, badge] : rest });
  };
  return (
    <Card title={t('badges')}>
      <ul class="AwardRows">
        <For each={BADGES}>
          {(badge) => (
            <li>
              <Medal badge={badge} isOpen={!props.settings.badges.includes(badge)} />
              <Switch
                end checked={props.settings.badges.includes(badge)} onChange={(isOn) => toggle(badge, isOn)}
                hint={<>{own(`how.${badge}`)} <CountOf badge={badge} counts={props.counts} /></>}
              >{words.nameOf({ badge, name: null })}</Switch>
            </li>
          )}
        </For>
      </ul>
      <Show when={save.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
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
