import { createMemo, For, Show, type JSX } from 'solid-js';

import { formatDate } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Progress } from '#web/ui/Progress.tsx';

import type { OwnBadge } from '../api.ts';
import { Medal } from '../Medal.tsx';
import { messages } from '../messages.ts';
import { useBadgeWords } from '../use-badge-words.ts';
import { groupBadges } from './badge-list.ts';

/** The badges of a course: what is there, and what is still open. */
export function BadgeSection(props: { badges: readonly OwnBadge[] }): JSX.Element {
  const t = useMessages(messages);
  const words = useBadgeWords();
  const groups = createMemo(() => groupBadges(props.badges));
  const fresh = (): string => groups().earned.filter(({ isNew }) => isNew).map((badge) => words.nameOf(badge)).join(', ');
  return (
    <Card title={t('badges')} level={3} actions={<Show when={props.badges.length > 0}><span class="small soft">{t('earnedCount', groups().earned.length, props.badges.length)}</span></Show>}>
      <p class="visually-hidden" role="status">{fresh() === '' ? '' : t('newBadges', fresh())}</p>
      <Show when={props.badges.length > 0} fallback={<p class="soft">{t('noBadges')}</p>}>
        <Show when={groups().earned.length > 0} fallback={<p class="soft Badges__none">{t('noneEarned')}</p>}>
          <ul class="Badges" aria-label={t('earned')}><For each={groups().earned}>{(badge) => <EarnedBadge badge={badge} />}</For></ul>
        </Show>
        <Show when={groups().open.length > 0}>
          <h4 class="Badges__title">{t('next')}</h4>
          <ul class="Badges" data-open><For each={groups().open}>{(badge) => <OpenBadge badge={badge} />}</For></ul>
        </Show>
      </Show>
    </Card>
  );
}

function EarnedBadge(props: { badge: OwnBadge }): JSX.Element {
  const t = useMessages(messages);
  const words = useBadgeWords();
  const when = (): string => [t('since', { date: formatDate(props.badge.earnedAt!, { weekday: 'short' }) }), props.badge.times > 1 ? t('times', props.badge.times) : ''].filter(Boolean).join(', ');
  return (
    <li class="BadgeTile">
      <Medal badge={props.badge.badge} isNew={props.badge.isNew} />
      <div>
        <p class="BadgeTile__name" dir="auto"><b>{words.nameOf(props.badge)}</b> <Show when={props.badge.isNew}><Badge tone="accent">{t('isNew')}</Badge></Show></p>
        <p class="small soft" dir="auto">{words.howOf(props.badge)}</p>
        <p class="small soft">{when()}</p>
      </div>
    </li>
  );
}

function OpenBadge(props: { badge: OwnBadge }): JSX.Element {
  const t = useMessages(messages);
  const words = useBadgeWords();
  return (
    <li class="BadgeTile">
      <Medal badge={props.badge.badge} isOpen />
      <div>
        <p class="BadgeTile__name" dir="auto"><b>{words.nameOf(props.badge)}</b></p>
        <p class="small soft" dir="auto">{words.howOf(props.badge)}</p>
        <Show when={props.badge.progress}>
          {(progress) => {
            // 99.6 of 100 is not there yet
            const value = (): number => Math.min(Math.round(progress().value), progress().target - 1);
            return <Progress value={value()} max={progress().target} label={words.nameOf(props.badge)} text={t('progressOf', { value: value(), target: progress().target })} short />;
          }}
        </Show>
      </div>
    </li>
  );
}
