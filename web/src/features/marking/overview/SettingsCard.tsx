import { type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Facts } from '#web/ui/Facts.tsx';

import type { Settings } from '../api.ts';
import { messages } from '../messages.ts';
import { bare } from '../points-text.ts';

/** How an exam is marked. */
export function SettingsCard(props: { settings: Settings; onEdit: (() => void) | undefined }): JSX.Element {
  const t = useMessages(messages);
  const second = (): string => (props.settings.secondMarking === 'sample' ? t('secondSample', { percent: props.settings.samplePercent }) : t(`second.${props.settings.secondMarking}`));
  return (
    <Card title={t('settings')} actions={<Show when={props.onEdit}><Button size="small" onClick={() => props.onEdit?.()}>{t('settingsEdit')}</Button></Show>}>
      <Facts
        items={[
          [t('setAnonymous'), () => (props.settings.anonymous ? t('setAnonymousOn') : t('setAnonymousOff'))],
          [t('setSecond'), () => second()],
          ...(props.settings.secondMarking === 'none' ? [] : [[t('setThreshold'), () => t('thresholdText', { points: bare(props.settings.differenceThreshold) })] as [string, () => JSX.Element]]),
          [t('setLease'), () => t('leaseText', { minutes: props.settings.leaseMinutes })],
          [t('setGraders'), () => (props.settings.graders.length === 0 ? t('gradersNone') : props.settings.graders.map(({ name }) => name).join(', '))],
        ]}
      />
    </Card>
  );
}
