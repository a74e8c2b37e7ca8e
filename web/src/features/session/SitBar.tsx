import { type JSX, Show } from 'solid-js';

import { currentUser } from '#web/lib/auth.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Mark } from '#web/ui/Mark.tsx';

import { Clock, ClockToggle } from './Clock.tsx';
import { messages } from './messages.ts';
import { SaveState } from './SaveState.tsx';
import { useSit } from './sit-context.ts';

import './sit-bar.css';

/** The bar of the exam page: what is written, what is saved, what time is left. There is no way out of the exam in it. */
export function SitBar(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  return (
    <header class="SitBar">
      <div class="SitBar__in">
        <Mark hangs stem={18} class="SitBar__mark" />
        <div class="SitBar__title">
          <b>{sit.exam()?.title ?? t('exam')}</b>
          <span>{currentUser()?.name ?? ''}</span>
        </div>
        <SaveState />
        <span class="SitBar__rule" />
        <Clock />
        <span class="SitBar__wide"><ClockToggle /></span>
        <span class="SitBar__rule SitBar__rule--last" />
        <Show when={sit.phase() === 'open'}>
          <Button class="SitBar__wide" disabled={!sit.mayWrite()} onClick={() => sit.show('hand-in')}>{t('handInMore')}</Button>
        </Show>
      </div>
    </header>
  );
}

/** The bar of a page after the exam, or without one. */
export function PlainBar(props: { title: string }): JSX.Element {
  return (
    <header class="SitBar" data-plain="">
      <div class="SitBar__in">
        <Mark hangs stem={18} class="SitBar__mark" />
        <div class="SitBar__title"><b>{props.title}</b><span>{currentUser()?.name ?? ''}</span></div>
      </div>
    </header>
  );
}
