import { For, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';

import type { Exam } from '../api.ts';
import type { Builder, ExamDraft } from './create-builder.ts';
import { messages } from './messages.ts';
import { countOf, totalCount, totalPoints } from './sections.ts';

type Field = Exclude<keyof ExamDraft, 'accessCode'>;

/** Two people changed the same part: both versions, and the choice. */
export function ExamConflictDialog(props: { builder: Builder; open: boolean; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const fields = (): readonly Field[] => {
    const theirs = props.builder.theirs();
    if (theirs === undefined) return [];
    return (Object.keys(props.builder.draft) as Field[]).filter((name) => `field.${name}` in messages.en && JSON.stringify(theirs[name]) !== JSON.stringify(props.builder.draft[name]));
  };
  return (
    <Dialog
      open={props.open && props.builder.theirs() !== undefined}
      onClose={() => props.onClose()}
      keeps
      size={640}
      title={t('conflictTitle')}
      scope={t('conflictText')}
      footer={<><Button onClick={() => props.builder.takeTheirs()}>{t('conflictTheirs')}</Button><Button kind="primary" onClick={() => props.builder.keepMine()}>{t('conflictMine')}</Button></>}
    >
      <table class="ConflictTable">
        <thead><tr><th scope="col">{t('conflictField')}</th><th scope="col">{t('mine')}</th><th scope="col">{t('theirs')}</th></tr></thead>
        <tbody>
          <For each={fields()}>{(name) => <tr><th scope="row">{t(`field.${name}`)}</th><td dir="auto">{print(name, props.builder.draft[name], t as never)}</td><td dir="auto">{print(name, props.builder.theirs()![name], t as never)}</td></tr>}</For>
        </tbody>
      </table>
    </Dialog>
  );
}

type Say = (key: 'sectionName' | 'stepQuestions' | 'stepQuestionsOne' | 'pointsMany', values?: Record<string, string | number>) => string;

function print(name: Field, value: ExamDraft[Field] | Exam[Field], t: Say): string {
  if (name === 'sections') {
    const sections = value as Exam['sections'];
    const count = (number: number): string => (number === 1 ? t('stepQuestionsOne') : t('stepQuestions', { count: number }));
    const lines = sections.map((section, index) => `${section.title.trim() || t('sectionName', { number: index + 1 })}: ${count(countOf(section))}`);
    return [...lines, `${count(totalCount(sections))}, ${t('pointsMany', { points: totalPoints(sections) })}`].join('\n');
  }
  if (name === 'window') {
    const window = value as ExamDraft['window'];
    return window === null ? '–' : `${window.localStart.replace('T', ' ')} – ${window.localEnd.replace('T', ' ')}\n${window.timeZone}`;
  }
  if (name === 'results') return Object.entries(value as Exam['results']).filter(([, member]) => member !== false && member !== null).map(([key, member]) => (member === true ? key : `${key}: ${String(member)}`)).join(', ');
  return Array.isArray(value) ? value.join(', ') : value === null || value === '' ? '–' : String(value as string);
}
