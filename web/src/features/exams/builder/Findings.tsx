import Check from 'lucide-solid/icons/check';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show, type JSX } from 'solid-js';

import { plainLine } from '#web/features/questions/plain-line.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { LinkButton } from '#web/ui/Link.tsx';

import type { Finding } from '../api.ts';
import type { Builder, DraftSection } from './create-builder.ts';
import type { KnownQuestions } from './create-questions.ts';
import { messages } from './messages.ts';
import { firstNumber } from './sections.ts';

/** What a pointer into an exam means to people: "Question 5", "Section 2". */
export function placeName(pointer: string, sections: readonly DraftSection[], t: (key: 'sectionName' | 'window' | 'people' | 'examTitle' | 'time' | 'step.questions', values?: Record<string, number>) => string): string {
  const [, first, section, part, index] = pointer.split('/');
  if (first === 'sections' && section !== undefined) {
    const at = Number(section);
    const title = sections[at]?.title.trim();
    if (part === 'items' && index !== undefined) return `${t('step.questions').replace(/s$/, '')} ${firstNumber(sections, at) + Number(index)}`;
    return title !== undefined && title !== '' ? title : t('sectionName', { number: at + 1 });
  }
  if (first === 'window') return t('window');
  if (first === 'assignments') return t('people');
  if (first === 'title') return t('examTitle');
  return first === 'sections' ? t('step.questions') : t('time');
}

/** Things to mend, each a way to its place. */
export function Findings(props: { findings: readonly Finding[]; builder: Builder; questions: KnownQuestions; onGo: (finding: Finding) => void; quiet?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const textOf = (finding: Finding): string | undefined => {
    const [, first, section, part, index] = finding.pointer.split('/');
    if (first !== 'sections' || part !== 'items' || index === undefined) return undefined;
    const id = props.builder.draft.sections[Number(section)]?.items[Number(index)]?.questionId;
    const question = id === undefined ? undefined : props.questions.get(id);
    return question == null ? undefined : plainLine(question.text);
  };
  return (
    <ul class="Findings">
      <For each={props.findings}>
        {(finding) => (
          <li data-quiet={props.quiet ? '' : undefined}>
            <TriangleAlert />
            <span>
              <LinkButton onClick={() => props.onGo(finding)}>{placeName(finding.pointer, props.builder.draft.sections, t as never)}</LinkButton>
              <span>{sentence(finding.message)}</span>
              <Show when={textOf(finding)}>{(text) => <span class="soft Findings__text" dir="auto">{text()}</span>}</Show>
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}

/** Nothing is missing. */
export function NothingMissing(): JSX.Element {
  const t = useMessages(messages);
  return <p class="Findings__none"><Check />{t('beforeNone')}</p>;
}

function sentence(message: string): string {
  const text = message.trim();
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
