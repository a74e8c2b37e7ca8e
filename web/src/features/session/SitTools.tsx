import ALargeSmall from 'lucide-solid/icons/a-large-small';
import HandHelping from 'lucide-solid/icons/hand-helping';
import NotebookPen from 'lucide-solid/icons/notebook-pen';
import type { JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';

import { messages } from './messages.ts';
import { useSit } from './sit-context.ts';

/** Help, notes and reading settings. */
export function SitTools(props: { wide?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const kind = (): 'secondary' | 'quiet' => (props.wide ? 'secondary' : 'quiet');
  return (
    <div class="SitTools" data-wide={props.wide ? '' : undefined}>
      <Button kind={kind()} icon={HandHelping} onClick={() => sit.show('help')}>{props.wide ? t('help') : t('askProctor')}</Button>
      <Button kind={kind()} icon={NotebookPen} aria-pressed={sit.areNotesOpen()} onClick={() => sit.toggleNotes()}>{props.wide ? t('notes') : t('myNotes')}</Button>
      <Button kind={kind()} icon={ALargeSmall} onClick={() => sit.show('reading')}>{props.wide ? t('textShort') : t('readingSettings')}</Button>
    </div>
  );
}
