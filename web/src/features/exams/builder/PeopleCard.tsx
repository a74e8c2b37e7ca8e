import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js';

import { createPages } from '#web/lib/create-pages.ts';
import { commandKey, request } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Combobox, type ComboboxOption } from '#web/ui/Combobox.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { SearchBox } from '#web/ui/Toolbar.tsx';

import { assign, type Assignment, type AssignmentPage, type Exam, listAssignments, type People, unassign } from '../api.ts';
import { messages } from './messages.ts';

interface BatchRow {
  readonly id: string;
  readonly name: string;
  readonly studentCount: number;
}

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly email?: string;
}

/** Who sits the exam: batches and single students, with their own time. Works after the publication, too. */
export function PeopleCard(props: { exam: Exam; onChanged: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [typed, setTyped] = createSignal('');
  const [query, setQuery] = createSignal<string>();
  const [problem, setProblem] = createSignal<unknown>();
  const [said, setSaid] = createSignal('');
  const [isBusy, setBusy] = createSignal(false);
  createEffect(on(typed, (words) => {
    const timer = setTimeout(() => setQuery(words.trim() || undefined), 250);
    onCleanup(() => clearTimeout(timer));
  }, { defer: true }));
  const people = createPages<string | undefined, Assignment, AssignmentPage>(query, (q, cursor) => listAssignments(props.exam.id, { ...(q === undefined ? {} : { q }), ...(cursor === undefined ? {} : { cursor }), limit: 50 }));
  // the sums stand in the first page of an unfiltered list only
  const [sums, setSums] = createSignal<AssignmentPage>();
  createEffect(() => { const page = people.first(); if (page !== undefined && query() === undefined) setSums(page); });
  const total = (): number => sums()?.total ?? props.exam.assignedCount;

  async function run(work: () => Promise<string>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      setSaid(await work());
      people.reload();
      props.onChanged();
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }
  const add = (who: People): Promise<void> => {
    const key = commandKey();
    return run(async () => {
      const { assigned, alreadyAssigned } = await assign(props.exam.id, who, key);
      return [t('assignedNow', { count: assigned }), ...(alreadyAssigned > 0 ? [t('assignedAlready', { count: alreadyAssigned })] : [])].join(', ');
    });
  };
  const remove = (who: People): Promise<void> => {
    const key = commandKey();
    return run(async () => t('unassigned', { count: (await unassign(props.exam.id, who, key)).removed }));
  };
  const findBatches = async (text: string, signal: AbortSignal): Promise<ComboboxOption[]> => {
    const { items } = await request<{ items: BatchRow[] }>('GET', '/batches', { query: { q: text, active: true, limit: 20 }, signal });
    return items.map((batch) => ({ value: batch.id, label: batch.name, detail: t('batchStudents', { count: batch.studentCount }) }));
  };
  const findStudents = async (text: string, signal: AbortSignal): Promise<ComboboxOption[]> => {
    const { items } = await request<{ items: PersonRow[] }>('GET', '/users', { query: { q: text, role: 'student', limit: 20 }, signal });
    return items.map((person) => ({ value: person.id, label: person.name, detail: [person.externalId, person.email].filter((part) => part != null).join(' · ') }));
  };
  const extraOf = (row: Assignment): string | undefined => {
    const parts = [row.timeMultiplier !== '1' ? t('extraFactor', { factor: row.timeMultiplier }) : '', row.extraMinutes > 0 ? t('extraMinutes', { minutes: row.extraMinutes }) : ''].filter((part) => part !== '');
    return parts.length === 0 ? undefined : parts.join(' ');
  };
  return (
    <Card title={t('people')} flush>
      <div class="People__add">
        <p>
          {total() === 0 ? t('peopleNone') : total() === 1 ? t('peopleCountOne') : t('peopleCount', { count: total() })}{' '}
          <Show when={(sums()?.withExtraTime ?? 0) > 0}>{sums()!.withExtraTime === 1 ? t('peopleExtraOne') : t('peopleExtra', { count: sums()!.withExtraTime! })}</Show>
          <span class="soft" role="status"> {said()}</span>
        </p>
        <div class="BuilderFields BuilderFields--two BuilderFields--end">
          <Combobox label={t('addBatch')} hint={t('addBatchHint')} placeholder={t('batchPlaceholder')} options={findBatches} value={undefined} disabled={isBusy()} onChange={(batch) => batch !== undefined && void add({ batchIds: [batch.value] })} />
          <Combobox label={t('addStudent')} placeholder={t('studentPlaceholder')} options={findStudents} value={undefined} disabled={isBusy()} onChange={(student) => student !== undefined && void add({ studentIds: [student.value] })} />
        </div>
        <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
        <Show when={(sums()?.batches?.length ?? 0) > 0}>
          <ul class="People__batches">
            <For each={sums()!.batches}>
              {(batch) => (
                <li>
                  <b><bdi>{batch.name}</bdi></b> <span class="soft">{t('batchStudents', { count: batch.count })}</span>
                  <IconButton size="small" icon={X} disabled={isBusy()} label={t('unassignBatch', { name: batch.name })} onClick={() => void remove({ batchIds: [batch.batchId] })} />
                </li>
              )}
            </For>
          </ul>
        </Show>
      </div>
      <Show when={people.items().length > 0 || query() !== undefined}>
        <DataTable
          bare
          label={t('people')}
          loading={people.isLoading()}
          rows={people.items()}
          rowKey={(row) => row.studentId}
          bar={<SearchBox label={t('searchPeople')} slash={false} width="280px" value={typed()} onChange={setTyped} />}
          empty={<p class="soft">{t('noneFound')}</p>}
          columns={[
            { id: 'name', header: t('student'), cell: (row) => <span class="Person"><b><bdi>{row.name}</bdi></b><span>{row.externalId ?? ''}</span></span> },
            { id: 'batch', header: t('batch'), dropBelow: 640, cell: (row) => <span class="soft"><bdi>{row.batchName ?? ''}</bdi></span> },
            { id: 'time', header: t('ownTime'), align: 'end', card: 'end', cell: (row) => <span classList={{ strong: extraOf(row) !== undefined }}>{t('extra', { minutes: Math.round(row.ownMinutes * 10) / 10 })} <Show when={extraOf(row)}>{(why) => <span class="soft">{why()}</span>}</Show></span> },
            { id: 'remove', header: t('remove'), headerHidden: true, width: '52px', align: 'end', card: 'end', cell: (row) => <IconButton size="small" icon={X} disabled={isBusy() || row.sessionState !== null} label={t('unassign', { name: row.name })} onClick={() => void remove({ studentIds: [row.studentId] })} /> },
          ]}
          foot={<Pager shown={people.items().length} total={query() === undefined ? total() : undefined} more={people.hasMore()} busy={people.isLoadingMore()} onMore={people.loadMore} />}
        />
      </Show>
    </Card>
  );
}
