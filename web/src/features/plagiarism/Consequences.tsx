import Mail from 'lucide-solid/icons/mail';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';

import { type PairDetail, type PairNotice, recordIncident } from './api.ts';
import { messages } from './messages.ts';
import { TellDialog } from './TellDialog.tsx';

/** What a person can do about a confirmed pair, each by an act of its own, and what was done. */
export function Consequences(props: { detail: PairDetail; examTitle: string; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [tells, setTells] = createSignal<'a' | 'b'>();
  const [records, setRecords] = createSignal(false);
  const pair = () => props.detail.pair;
  const isConfirmed = (): boolean => pair().state === 'confirmed';
  const noticesOf = (which: 'a' | 'b'): readonly PairNotice[] => props.detail.notices.filter(({ sessionId }) => sessionId === pair()[which].sessionId);
  const said = (notice: PairNotice): string => [
    t('toldBy', { name: notice.by?.name ?? t('somebody'), when: formatDateTime(notice.at) }),
    ...(notice.readAt === null ? [] : [t('toldRead', { when: formatDateTime(notice.readAt) })]),
    ...(notice.withdrawnAt === null ? [] : [t('toldWithdrawn', { when: formatDateTime(notice.withdrawnAt) })]),
  ].join('; ');
  let key = commandKey();
  return (
    <Card title={t('consequences')}>
      <div class="stack small">
        <p class="soft">{isConfirmed() ? t('consequencesHelp') : t('consequencesNot')}</p>
        <ul class="Consequences">
          <For each={['a', 'b'] as const}>
            {(which) => (
              <li>
                <div class="Consequences__who">
                  <b dir="auto">{pair()[which].student.name}</b>
                  <For each={noticesOf(which)} fallback={<span class="soft">{t('notTold')}</span>}>
                    {(notice) => <details><summary>{said(notice)}</summary><p class="Consequences__text" dir="auto">{notice.text}</p></details>}
                  </For>
                </div>
                <Show when={isConfirmed() && noticesOf(which).every(({ withdrawnAt }) => withdrawnAt !== null)}>
                  <Button size="small" icon={Mail} onClick={() => setTells(which)}>{t('tell')}<span class="visually-hidden"> {pair()[which].student.name}</span></Button>
                </Show>
              </li>
            )}
          </For>
          <li>
            <div class="Consequences__who"><b>{t('incident')}</b><span class="soft">{props.detail.incidents.length > 0 ? t('incidentDone') : t('incidentHelp')}</span></div>
            <Show when={isConfirmed() && props.detail.incidents.length === 0}>
              <Button size="small" icon={TriangleAlert} onClick={() => { key = commandKey(); setRecords(true); }}>{t('incidentRecord')}</Button>
            </Show>
          </li>
        </ul>
      </div>
      <ConfirmDialog
        open={records()} onClose={() => setRecords(false)} title={t('incidentTitle')} scope={t('incidentScope', { a: pair().a.student.name, b: pair().b.student.name })} verb={t('incidentRecord')} busyText={t('saving')}
        note={t('incidentNote')} onConfirm={async () => { await recordIncident(pair().id, pair().version, key); props.onDone(); }}
      />
      <Show when={tells()} keyed>
        {(which) => <TellDialog detail={props.detail} which={which} examTitle={props.examTitle} onClose={() => setTells(undefined)} onDone={props.onDone} />}
      </Show>
    </Card>
  );
}
