import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatRelative } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';

import type { Health } from './api.ts';
import { messages } from './messages.ts';

/** The first thing to know: whether exams are safe. */
export function Verdict(props: { health: Health }): JSX.Element {
  const t = useMessages(messages);
  const tone = (): 'done' | 'attention' | 'act' => (props.health.sessions.pastCutoff > 0 || props.health.status === 'down' ? 'act' : props.health.status === 'ok' && props.health.alerts.length === 0 ? 'done' : 'attention');
  const sessions = (): number => props.health.sessions.active + props.health.sessions.paused;
  return (
    <section class="Verdict" data-tone={tone()} aria-label={t('title')}>
      <Dynamic component={{ done: CircleCheck, attention: TriangleAlert, act: CircleAlert }[tone()]} />
      <div class="Verdict__text">
        <h2>{props.health.sessions.pastCutoff > 0 ? t('unsafe', { count: props.health.sessions.pastCutoff }) : t('safe')}</h2>
        <p>
          {t('safeDetail', { exams: props.health.exams.open, sessions: sessions() })}{' '}
          <Show when={props.health.exams.next}>{(next) => <>{t('nextExam', { when: formatRelative(next(), Date.parse(props.health.serverTime)) })}{' '}</>}</Show>
          <Show when={props.health.sessions.pastCutoff === 0 || props.health.status === 'down'}>{t(`status.${props.health.status}`)}</Show>
        </p>
      </div>
      <span class="Verdict__alerts">
        <Show when={props.health.alerts.length > 0} fallback={<Badge tone="done" icon={CircleCheck}>{t('noAlerts')}</Badge>}><Badge tone={tone() === 'act' ? 'act' : 'attention'} icon={TriangleAlert}>{t('alerts', { count: props.health.alerts.length })}</Badge></Show>
      </span>
    </section>
  );
}
