import { For, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { loadOwnNotices, markRead, type OwnNotice } from './api.ts';
import { messages } from './messages.ts';
import { NoticeBanner } from './NoticeBanner.tsx';

/** Messages of staff: those that wait to be read, or all about one session. Nothing where there are none. */
export function OwnNotices(props: { sessionId?: string }): JSX.Element {
  const load = createLoad<true, readonly OwnNotice[]>(() => true, (_key, signal) => loadOwnNotices(signal));
  const shown = (): readonly OwnNotice[] =>
    (load.value() ?? []).filter((notice) => (props.sessionId === undefined ? notice.readAt === null && notice.withdrawnAt === null : notice.sessionId === props.sessionId));
  return (
    <Show when={shown().length > 0}>
      <div class="OwnNotices">
        <For each={shown()}>{(notice) => <One notice={notice} isHere={props.sessionId !== undefined} onRead={load.reload} />}</For>
      </div>
    </Show>
  );
}

function One(props: { notice: OwnNotice; isHere: boolean; onRead: () => void }): JSX.Element {
  const t = useMessages(messages);
  const key = commandKey();
  const act = createAct(async () => {
    await markRead(props.notice.id, key);
    props.onRead();
  });
  const canRead = (): boolean => props.notice.readAt === null && props.notice.withdrawnAt === null;
  return (
    <NoticeBanner
      notice={props.notice}
      isHere={props.isHere}
      actions={
        <Show when={canRead() || !props.isHere}>
          <Show when={canRead()}><Button busy={act.isBusy()} busyText={t('saving')} onClick={() => void act.run()}>{t('read')}</Button></Show>
          <Show when={!props.isHere}><Button kind="quiet" href={`/results/${props.notice.sessionId}`}>{t('open')}</Button></Show>
          <Show when={act.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
        </Show>
      }
    />
  );
}
