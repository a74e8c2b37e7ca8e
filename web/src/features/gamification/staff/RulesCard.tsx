import Award from 'lucide-solid/icons/award';
import Plus from 'lucide-solid/icons/plus';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { type AchievementRule, type BadgeCounts, deleteRule, type Gamification, loadRules } from '../api.ts';
import { Medal } from '../Medal.tsx';
import { useConditionWords } from './condition-words.ts';
import { messages } from './messages.ts';
import { RuleDialog } from './RuleDialog.tsx';
import { CountOf } from './SwitchesCard.tsx';

/** The badges that the teacher makes. */
export function RulesCard(props: { settings: Gamification; counts: BadgeCounts | undefined; onChanged: () => void }): JSX.Element {
  const t = useMessages(messages);
  const words = useConditionWords();
  const rules = createLoad(() => props.settings.batchId, loadRules);
  const [edits, setEdits] = createSignal<AchievementRule | 'new'>();
  const [removes, setRemoves] = createSignal<AchievementRule>();
  const changed = (): void => {
    rules.reload();
    props.onChanged();
  };
  return (
    <Card title={t('own')} actions={<Button size="small" icon={Plus} onClick={() => setEdits('new')}>{t('newBadge')}</Button>}>
      <Show when={rules.value()} fallback={<Show when={rules.error()} fallback={<Skeleton kind="row" count={2} />}>{(error) => <ProblemView compact problem={error()} onRetry={rules.reload} />}</Show>}>
        {(found) => (
          <ul class="AwardRows">
            <For each={found().items} fallback={<li><EmptyState bare icon={Award} title={t('own')}>{t('ownHelp')}</EmptyState></li>}>
              {(rule) => (
                <li>
                  <Medal badge={`rule-${rule.id}`} isOpen={!rule.active} />
                  <div class="AwardRows__text">
                    <p dir="auto"><b>{rule.name}</b> <Show when={!rule.active}><Badge line>{t('hidden')}</Badge></Show></p>
                    <For each={rule.conditions}>{(condition) => <p class="soft" dir="auto">{words(condition)}.</p>}</For>
                    <CountOf badge={`rule-${rule.id}`} counts={props.counts} />
                  </div>
                  <Menu label={`${t('edit')}: ${rule.name}`} items={[{ label: t('edit'), onSelect: () => setEdits(rule) }, { separator: true }, { label: t('remove'), tone: 'act', onSelect: () => setRemoves(rule) }]} />
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
      <RuleDialog settings={props.settings} rule={edits()} onClose={() => setEdits(undefined)} onSaved={changed} />
      <ConfirmDialog
        open={removes() !== undefined} onClose={() => setRemoves(undefined)} kind="act" title={t('removeAsk', { name: removes()?.name ?? '' })} scope={t('removeScope')} verb={t('remove')} busyText={t('removing')}
        onConfirm={async () => {
          await deleteRule(removes()!);
          changed();
        }}
      />
    </Card>
  );
}
