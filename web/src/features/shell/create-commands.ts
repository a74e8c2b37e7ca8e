import { useNavigate } from '@solidjs/router';
import CalendarPlus from 'lucide-solid/icons/calendar-plus';
import FileInput from 'lucide-solid/icons/file-input';
import FilePlus from 'lucide-solid/icons/file-plus';
import UserRound from 'lucide-solid/icons/user-round';
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';
import type { z } from 'zod';

import type { examPageSchema } from '#contracts/exams.ts';
import type { userPageSchema } from '#contracts/people.ts';
import { hasRole, type User } from '#web/lib/auth.ts';
import { request } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import type { Command } from '#web/ui/find-commands.ts';

import { messages } from './messages.ts';
import { pagesOf } from './navigation.ts';

const TYPING_MS = 200;

/** Commands of the palette: pages, what can be made, and what a search on the server finds. */
export function createCommands(user: Accessor<User>): { commands: Accessor<readonly Command[]>; search: (text: string) => void; searching: Accessor<boolean> } {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const [found, setFound] = createSignal<readonly Command[]>([]);
  const [searching, setSearching] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: AbortController | undefined;

  const go = (id: string, label: string, group: string, href: string, more: Partial<Command> = {}): Command => ({ id, label, group, onRun: () => navigate(href), ...more });
  const fixed = createMemo((): readonly Command[] => [
    ...pagesOf(user()).flatMap(({ pages }) => pages.map((page) => go(page.href, t(page.word), t('goTo'), page.href, { icon: page.icon }))),
    go('account', t('account'), t('goTo'), '/staff/account', { icon: UserRound }),
    ...(hasRole(user(), 'teacher', 'admin')
      ? [
          go('new-exam', t('newExam'), t('create'), '/staff/exams?new', { icon: CalendarPlus }),
          go('new-question', t('newQuestion'), t('create'), '/staff/questions/new', { icon: FilePlus }),
          go('import', t('importQuestions'), t('create'), '/staff/questions/import', { icon: FileInput }),
        ]
      : []),
  ]);

  function search(text: string): void {
    clearTimeout(timer);
    asked?.abort();
    setFound([]);
    setSearching(text.trim().length >= 2);
    if (text.trim().length < 2) return;
    timer = setTimeout(() => void ask(text.trim()).finally(() => setSearching(false)), TYPING_MS);
  }

  async function ask(q: string): Promise<void> {
    const control = new AbortController();
    asked = control;
    const options = { query: { q, limit: 6 }, signal: control.signal };
    // a search that fails finds nothing; the pages are still there to go to
    const [exams, people] = await Promise.all([
      request<z.output<typeof examPageSchema>>('GET', '/exams', options).catch(() => undefined),
      hasRole(user(), 'admin') ? request<z.output<typeof userPageSchema>>('GET', '/users', options).catch(() => undefined) : undefined,
    ]);
    if (control.signal.aborted) return;
    setFound([
      ...(exams?.items ?? []).map((exam) => go(`exam-${exam.id}`, exam.title, t('foundExams'), `/staff/exams/${exam.id}`, { hint: exam.state, words: q })),
      ...(people?.items ?? []).map((person) => go(`person-${person.id}`, person.name, t('foundPeople'), `/staff/people?q=${encodeURIComponent(person.name)}`, { words: q })),
    ]);
  }

  onCleanup(() => {
    clearTimeout(timer);
    asked?.abort();
  });
  return { commands: () => [...fixed(), ...found()], search, searching };
}
