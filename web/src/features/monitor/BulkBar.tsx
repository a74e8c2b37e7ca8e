import Ellipsis from 'lucide-solid/icons/ellipsis';
import MessageSquare from 'lucide-solid/icons/message-square';
import OctagonX from 'lucide-solid/icons/octagon-x';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import Timer from 'lucide-solid/icons/timer';
import X from 'lucide-solid/icons/x';
import { createMemo, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { Menu } from '#web/ui/Menu.tsx';

import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';
import { isOffline } from './student.ts';
import { studentActs } from './student-acts.ts';
import type { Student } from './types.ts';

import './bulk-bar.css';

/** What can be done with the selected students, at the bottom of the page. */
export function BulkBar(): JSX.Element {
  const t = useMessages(messages);
  const { monitor, view, selected, select, ask } = useDesk();
  const students = createMemo<Student[]>(() => {
    monitor.roster.epoch();
    return [...selected()].map((key) => monitor.roster.peek(key)).filter((student) => student !== undefined);
  });
  const scope = (): { kind: 'students'; keys: string[] } => ({ kind: 'students', keys: [...selected()] });
  const offline = (): number => students().filter(isOffline).length;
  const hidden = createMemo(() => {
    const shown = new Set(view.keys());
    return [...selected()].filter((key) => !shown.has(key)).length;
  });
  const allPaused = (): boolean => students().length > 0 && students().every(({ state }) => state === 'paused');
  return (
    <Show when={students().length > 0}>
      <div class="BulkBar" role="toolbar" aria-label={t('bulkLabel', { count: students().length })} onKeyDown={(event) => event.key === 'Escape' && select(new Set())}>
        <span class="BulkBar__count">
          <b>{t('selected', { count: students().length })}</b>
          <Show when={offline() > 0}> <span class="soft">{t('ofThemOffline', { count: offline() })}</span></Show>
          <Show when={hidden() > 0}> <span class="soft">{t('ofThemHidden', { count: hidden() })}</span></Show>
        </span>
        <span class="BulkBar__rule" />
        <Button size="small" icon={Timer} keys="E" onClick={() => ask({ type: 'time', act: 'extend', scope: scope(), seconds: 600 })}>{t('extend10')}</Button>
        <Show when={allPaused()} fallback={<Button size="small" icon={Pause} keys="P" onClick={() => ask({ type: 'time', act: 'pause', scope: scope() })}>{t('pause')}</Button>}>
          <Button size="small" icon={Play} keys="P" onClick={() => ask({ type: 'time', act: 'resume', scope: scope() })}>{t('resume')}</Button>
        </Show>
        <Button size="small" icon={MessageSquare} keys="M" onClick={() => ask({ type: 'message', scope: scope() })}>{t('message')}</Button>
        <Show when={monitor.may('end')}>
          <Button size="small" kind="danger" icon={OctagonX} class="BulkBar__end" onClick={() => ask({ type: 'time', act: 'end', scope: scope() })}>{t('end')}</Button>
        </Show>
        <Menu label={t('moreActs')} icon={Ellipsis} size="small" items={studentActs(students(), monitor, t as never, ask)} />
        <span class="BulkBar__rule" />
        <IconButton size="small" icon={X} label={t('clearSelection')} onClick={() => select(new Set())} />
      </div>
    </Show>
  );
}
