import { createMemo, For, Show, type JSX } from 'solid-js';

import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Drawer } from '#web/ui/Drawer.tsx';
import { Facts } from '#web/ui/Facts.tsx';

import type { AuditQuery, AuditRow } from './api.ts';
import { actionText } from './actions.ts';
import { changesOf } from './diff.ts';
import { messages } from './messages.ts';

import './audit.css';

/** Everything that the log has about one act. */
export function AuditDrawer(props: { row: AuditRow | undefined; onClose: () => void; onNarrow: (query: Partial<AuditQuery>) => void }): JSX.Element {
  return <Show when={props.row}>{(row) => <Details row={row()} onClose={props.onClose} onNarrow={props.onNarrow} />}</Show>;
}

function Details(props: { row: AuditRow; onClose: () => void; onNarrow: (query: Partial<AuditQuery>) => void }): JSX.Element {
  const t = useMessages(messages);
  const changes = createMemo(() => changesOf(props.row.before, props.row.after));
  return (
    <Drawer open takesFocus onClose={() => props.onClose()} title={actionText(props.row.action)} sub={formatDateTime(props.row.at, { seconds: true })}>
      <div class="stack">
        <Facts
          items={[
            [t('who'), props.row.actor?.name ?? props.row.actor?.id ?? t('system')],
            [t('why'), props.row.reason],
            [t('action'), () => <span class="mono small">{props.row.action}</span>],
            [t('about'), props.row.resourceType],
            [t('id'), props.row.resourceId === null ? null : () => <span class="mono small">{props.row.resourceId}</span>],
            [t('address'), props.row.address],
            [t('request'), props.row.requestId === null ? null : () => <span class="mono small">{props.row.requestId}</span>],
          ]}
        />
        <section>
          <h3>{t('change')}</h3>
          <Show when={changes().length > 0} fallback={<p class="soft">{t('noChange')}</p>}>
            <table class="Audit__change">
              <thead><tr><th scope="col">{t('field')}</th><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th></tr></thead>
              <tbody><For each={changes()}>{(change) => <tr><th scope="row">{change.field}</th><td><Show when={change.before}><del>{change.before}</del></Show></td><td><Show when={change.after}><ins>{change.after}</ins></Show></td></tr>}</For></tbody>
            </table>
          </Show>
        </section>
        <div class="row wrap">
          <Show when={props.row.sessionId}>{(id) => <Button size="small" href={`/staff/sessions/${id()}`}>{t('openSession')}</Button>}</Show>
          <Show when={props.row.examId}>{(id) => <Button size="small" href={`/staff/exams/${id()}`}>{t('openExam')}</Button>}</Show>
          <Show when={props.row.resourceId}>{(id) => <Button size="small" onClick={() => props.onNarrow({ resourceId: id() })}>{t('onlyThis')}</Button>}</Show>
          <Show when={props.row.actor}>{(actor) => <Button size="small" onClick={() => props.onNarrow({ actorId: actor().id })}>{t('onlyPerson', { name: actor().name ?? '' })}</Button>}</Show>
        </div>
      </div>
    </Drawer>
  );
}
