import { onCleanup } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';

import { createTimeWords } from './Clock.tsx';
import { messages } from './messages.ts';
import { createSaveWords } from './SaveState.tsx';
import { useSit } from './sit-context.ts';

/** Keys of the exam page, with Alt: single letters would collide with screen readers. */
export function createExamKeys(isOff: () => boolean): void {
  const t = useMessages(messages);
  const sit = useSit();
  const left = createTimeWords();
  const save = createSaveWords();

  function tell(): void {
    const item = sit.current();
    const state = item === undefined ? '' : t(`state_${sit.stateOf(item)}`);
    sit.say(t('spokenState', { at: String(sit.at() + 1), total: String(sit.total()), state, left: left(), save: `${save().now} ${save().more}` }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    // by the place of the key: with Alt, some systems make another letter of it
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const work = { KeyN: sit.next, KeyP: sit.previous, KeyF: () => sit.current() !== undefined && sit.role() !== 'reader' && sit.place.toggleFlag(sit.current()!.id), KeyR: tell }[event.code];
    if (work === undefined || (event.code !== 'KeyR' && (isOff() || sit.panel() !== null))) return;
    event.preventDefault();
    work();
  }
  document.addEventListener('keydown', onKeyDown);
  onCleanup(() => document.removeEventListener('keydown', onKeyDown));
}
