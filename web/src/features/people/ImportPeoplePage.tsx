import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createAct } from '#web/lib/create-act.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { FileDrop } from '#web/ui/FileDrop.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { type BulkResult, importUsers } from './api.ts';
import { type PersonRow, readPeople } from './csv.ts';
import { messages } from './messages.ts';

const MOST = 2_000;
const PREVIEWED = 8;

/** Adds and changes many accounts from a table. */
export function ImportPeoplePage(): JSX.Element {
  const t = useMessages(messages);
  const [text, setText] = createSignal('');
  const [result, setResult] = createSignal<BulkResult>();
  let key = commandKey();
  const table = createMemo(() => readPeople(text()));
  createTitle(() => t('importTitle'));
  useShell().setBreadcrumbs(() => [{ label: t('people'), href: '/staff/people' }, { label: t('addMany') }]);

  const take = (next: string): void => {
    setText(next);
    setResult(undefined);
    // another list is another intent
    key = commandKey();
  };
  const send = createAct(async () => {
    setResult(await importUsers(table().rows, key));
  });
  const refused = (): BulkResult['results'] => result()?.results.filter(({ verdict }) => verdict === 'refused') ?? [];
  const canSend = (): boolean => table().rows.length > 0 && table().rows.length <= MOST && table().columns.includes('email');

  return (
    <>
      <PageHeader title={t('importTitle')} sub={t('importSub')} />
      <PageBody>
        <Show
          when={result()}
          fallback={
            <>
              <FileDrop title={t('importDrop')} accept=".csv,.tsv,.txt,text/csv,text/plain" maxBytes={5_000_000} onFiles={([file]) => void file?.text().then(take)} />
              <TextArea label={t('importPaste')} rows={6} class="mono" value={text()} onChange={take} spellcheck={false} />
              <Show when={text() !== ''}>
                <Card title={t('importFound', { count: table().rows.length })} flush>
                  <Show when={table().unknown.length > 0}><p class="soft small">{t('importUnknown', { columns: table().unknown.join(', ') })}</p></Show>
                  <Preview rows={table().rows.slice(0, PREVIEWED)} />
                </Card>
                <Show when={table().rows.length === 0 || !table().columns.includes('email')}><Banner tone="attention" title={t('importNone')} /></Show>
                <Show when={table().rows.length > MOST}><Banner tone="attention" title={t('importTooMany')} /></Show>
              </Show>
              <Show when={send.problem()}>{(thrown) => <ProblemView problem={thrown()} onRetry={() => void send.run()} />}</Show>
              <div class="row" hidden={text() === ''}><Button kind="primary" disabled={!canSend()} busy={send.isBusy()} busyText={t('importRunning')} onClick={() => void send.run()}>{t('importRun', { count: table().rows.length })}</Button></div>
            </>
          }
        >
          {(done) => (
            <>
              <Banner tone={refused().length === 0 ? 'done' : 'attention'} title={t('importDone', done().counts)} live="status" />
              <Show when={refused().length > 0}>
                <Card title={t('importRefused')}>
                  <ul class="stack">
                    <For each={refused()}>
                      {(row) => <li><b class="tabular">{t('line', { line: row.index + 2 })}</b> {table().rows[row.index]?.email ?? ''}: {(row.errors ?? []).map(({ message }) => message).join('; ')}</li>}
                    </For>
                  </ul>
                </Card>
              </Show>
              <div class="row"><Button kind="primary" href="/staff/people">{t('people')}</Button><Button onClick={() => take('')}>{t('anotherList')}</Button></div>
            </>
          )}
        </Show>
      </PageBody>
    </>
  );
}

function Preview(props: { rows: readonly PersonRow[] }): JSX.Element {
  const t = useMessages(messages);
  return (
    <DataTable
      bare
      label={t('importTitle')}
      density="compact"
      rows={props.rows.map((row, index) => ({ ...row, index }))}
      rowKey={(row) => String(row.index)}
      columns={[
        { id: 'name', header: t('name'), cell: (row) => row.name ?? '', card: 'start' },
        { id: 'email', header: t('email'), cell: (row) => row.email ?? '', card: 'start' },
        { id: 'number', header: t('number'), cell: (row) => row.externalId ?? '', card: 'start' },
        { id: 'roles', header: t('roles'), cell: (row) => (row.roles ?? []).join(', '), card: 'start' },
      ]}
    />
  );
}
