import { Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { Select } from '#web/ui/Select.tsx';
import { Switch } from '#web/ui/Switch.tsx';

import type { Builder, ExamDraft } from './create-builder.ts';
import { messages } from './messages.ts';

const LEVELS = [0.001, 0.01, 0.05] as const;

/** Whether the answers are compared with each other by themselves when everybody has finished: open after the publication, too. */
export function ScanCard(props: { builder: Builder }): JSX.Element {
  const t = useMessages(messages);
  const scan = (): ExamDraft['plagiarismScan'] => props.builder.draft.plagiarismScan;
  const set = (change: Partial<ExamDraft['plagiarismScan']>): void => props.builder.set({ plagiarismScan: { ...scan(), ...change } });
  /** A level that came over the API stays what it is. */
  const levels = (): readonly number[] => [...new Set([...LEVELS, scan().level])].sort((one, other) => one - other);
  return (
    <Card title={t('scan')}>
      <div class="BuilderFields BuilderFields--two">
        <Switch checked={scan().automatic} hint={t('scanHint')} onChange={(automatic) => set({ automatic })}>{t('scanAutomatic')}</Switch>
        <Show when={scan().automatic}>
          <Select label={t('scanLevel')} hint={t('scanLevelHint')} value={String(scan().level)} onChange={(level) => set({ level: Number(level) })} options={levels().map((level) => ({ value: String(level), label: t('scanLevelOf', { count: Math.round(1 / level) }) }))} />
        </Show>
      </div>
    </Card>
  );
}
