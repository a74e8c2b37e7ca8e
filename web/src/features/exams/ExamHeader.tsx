import { A } from '@solidjs/router';
import { For, onMount, Show, type JSX } from 'solid-js';

import { hasRole, type User, useUser } from '#web/lib/auth.ts';
import { useMessages } from '#web/lib/i18n.ts';

import type { Exam } from './api.ts';
import { ExamStateMark } from './ExamStateMark.tsx';
import { messages } from './messages.ts';
import { readerWindowText, windowText } from './window-text.ts';

import './exam-header.css';

/** The pages of an exam. */
export type ExamPageName = 'summary' | 'edit' | 'preview' | 'monitor' | 'marking' | 'results' | 'analysis' | 'reports' | 'plagiarism' | 'corrections' | 'appeals' | 'close-out';

/** Props of the head of an exam's pages. */
export interface ExamHeaderProps {
  exam: Pick<Exam, 'id' | 'title' | 'state' | 'window' | 'cancelledAt' | 'durationMinutes' | 'assignedCount' | 'ownerId'>;
  page: ExamPageName;
  /** Buttons at the end of the head. */
  actions?: JSX.Element;
  /** Takes the place of the line with window, duration and people. */
  line?: JSX.Element;
}

/** Head of every page of an exam: title, state, window, and the way to the other pages. */
export function ExamHeader(props: ExamHeaderProps): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  let pages!: HTMLElement;
  onMount(() => {
    // where they do not fit, the one that is open is in view
    const open = pages.querySelector<HTMLElement>('[aria-current]');
    if (open !== null) pages.scrollLeft = open.offsetLeft + open.offsetWidth - pages.clientWidth;
  });
  return (
    <header class="ExamHeader">
      <div class="ExamHeader__text">
        <h1>
          <span class="ExamHeader__title" dir="auto">{props.exam.title.trim() === '' ? t('untitled') : props.exam.title}</span> <ExamStateMark exam={props.exam} />
        </h1>
        <div class="ExamHeader__line"><Show when={props.line === undefined} fallback={props.line}><ExamFacts exam={props.exam} /></Show></div>
      </div>
      <Show when={props.actions}><div class="ExamHeader__actions">{props.actions}</div></Show>
      <nav ref={pages} class="ExamHeader__pages" aria-label={t('pages')}>
        <For each={pagesOf(props.exam, mayChange(user(), props.exam), hasRole(user(), 'teacher', 'admin'))}>
          {(page) => (
            <A href={page.href} class="ExamHeader__page" end aria-current={page.name === props.page ? 'page' : undefined} activeClass="" inactiveClass="">
              {t(page.label)}
            </A>
          )}
        </For>
      </nav>
    </header>
  );
}

/** Window, duration and number of students in one line. */
export function ExamFacts(props: { exam: ExamHeaderProps['exam'] }): JSX.Element {
  const t = useMessages(messages);
  const people = (): string => (props.exam.assignedCount === 0 ? t('nobody') : props.exam.assignedCount === 1 ? t('student') : t('students', { count: props.exam.assignedCount }));
  return (
    <>
      <Show when={props.exam.window} fallback={<span>{t('noWindow')}</span>}>
        {(window) => (
          <>
            <span>{windowText(window(), t as never)}</span>
            <Show when={readerWindowText(window(), t as never)}>{(mine) => <span class="ExamHeader__mine">{mine()}</span>}</Show>
          </>
        )}
      </Show>
      <span>{t('minutes', { count: props.exam.durationMinutes })}</span>
      <span>{people()}</span>
    </>
  );
}

interface PageLink {
  readonly name: ExamPageName;
  readonly label: 'summary' | 'edit' | 'settings' | 'preview' | 'monitor' | 'marking' | 'results' | 'analysis' | 'reports' | 'plagiarism' | 'corrections' | 'appeals' | 'closeOut';
  readonly href: string;
}

/** Whether a person changes this exam rather than watches it. */
export function mayChange(person: Pick<User, 'id' | 'roles'>, exam: Pick<Exam, 'ownerId'>): boolean {
  return hasRole(person, 'admin') || (hasRole(person, 'teacher') && exam.ownerId === person.id);
}

function pagesOf({ id, state }: Pick<Exam, 'id' | 'state'>, isMine: boolean, marks: boolean): readonly PageLink[] {
  const at = `/staff/exams/${id}`;
  const wasPublished = state !== 'draft';
  return [
    { name: 'summary', label: 'summary', href: at },
    ...(isMine
      ? ([
          { name: 'edit', label: wasPublished ? 'settings' : 'edit', href: `${at}/edit` },
          { name: 'preview', label: 'preview', href: `${at}/preview` },
        ] as const)
      : []),
    ...(wasPublished
      ? ([
          { name: 'monitor', label: 'monitor', href: `${at}/monitor` },
          ...(marks ? ([{ name: 'marking', label: 'marking', href: `${at}/marking` }] as const) : []),
          ...(isMine ? ([{ name: 'results', label: 'results', href: `${at}/results` }] as const) : []),
          ...(isMine ? ([{ name: 'analysis', label: 'analysis', href: `${at}/analysis` }] as const) : []),
          ...(isMine ? ([{ name: 'reports', label: 'reports', href: `${at}/reports` }] as const) : []),
          ...(isMine ? (['plagiarism', 'corrections', 'appeals'] as const).map((name) => ({ name, label: name, href: `${at}/${name}` })) : []),
          { name: 'close-out', label: 'closeOut', href: `${at}/close-out` },
        ] as const)
      : []),
  ];
}
