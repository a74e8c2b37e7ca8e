import { For, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';

import type { Exam } from '../api.ts';
import type { Builder, ExamDraft } from './create-builder.ts';
import { messages } from './messages.ts';
import { totalCount, totalPoints } from './sections.ts';

type Field = Exclude<keyof ExamDraft, 'accessCode'>;

/** Two people changed the same part: both versions, and the choice. */
export function ExamConflictDialog(props: { builder: Builder }): JSX.Element {
  const t = useMessages(messages);
  const fields = (): readonly Field[] => {
    const theirs = props.builder.theirs();
    if (theirs === undefined) return [];
    return (Object.keys(props.builder.draft) as Field[]).filter((name) => `field.${name}` in messages.en && print(name, theirs[name]) !== print(name, props.builder.draft[name]));
  };
  return (
    <Dialog
      open={props.builder.theirs() !== undefined}
      onClose={() => undefined}
      keeps
      size={640}
      title={t('conflictTitle')}
      scope={t('conflictText')}
      footer={<><Button onClick={() => props.builder.takeTheirs()}>{t('conflictTheirs')}</Button><Button kind="primary" onClick={() => props.builder.keepMine()}>{t('conflictMine')}</Button></>}
    >
      <table class="ConflictTable">
        <thead><tr><th scope="col">{t('conflictField')}</th><th scope="col">{t('mine')}</th><th scope="col">{t('theirs')}</th></tr></thead>
        <tbody>
          <For each={fields()}>{(name) => <tr><th scope="row">{t(`field.${name}`)}</th><td dir="auto">{print(name, props.builder.draft[name])}</td><td dir="auto">{print(name, props.builder.theirs()![name])}</td></tr>}</For>
        </tbody>
      </table>
    </Dialog>
  );
}

function print(name: Field, value: ExamDraft[Field] | Exam[Field]): string {
  if (name === 'sections') {
    const sections = value as Exam['sections'];
    return sections.map((section, index) => `${section.title || index + 1}: ${section.items.length}${section.draw === undefined ? '' : ` + ${section.draw.count}`}`).concat(`${totalCount(sections)} / ${totalPoints(sections)}`).join('\n');
  }
  if (name === 'window') {
    const window = value as ExamDraft['window'];
    return window === null ? '–' : `${window.localStart.replace('T', ' ')} – ${window.localEnd.replace('T', ' ')}\n${window.timeZone}`;
  }
  if (name === 'results') return Object.entries(value as Exam['results']).filter(([, member]) => member !== false && member !== null).map(([key, member]) => (member === true ? key : `${key}: ${String(member)}`)).join(', ');
  return Array.isArray(value) ? value.join(', ') : value === null ? '–' : String(value);
}
