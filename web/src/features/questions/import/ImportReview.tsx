import Check from 'lucide-solid/icons/check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import CopyCheck from 'lucide-solid/icons/copy-check';
import Download from 'lucide-solid/icons/download';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createMemo, createSignal, For, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { toPaperItem } from '#domain/paper/student-paper.ts';
import type { QuestionContent } from '#domain/questions/types.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Banner } from '#web/ui/Banner.tsx';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Checkbox } from '#web/ui/Checkbox.tsx';
import type { Icon } from '#web/ui/icon.ts';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { StackedBar } from '#web/ui/StackedBar.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { FilterChip } from '#web/ui/Toolbar.tsx';

import { commitImport, type ImportItem, type QuestionImport } from '../api.ts';
import { messages as bankMessages } from '../messages.ts';
import { plainLine } from '../plain-line.ts';
import { TypeSign } from '../QuestionTable.tsx';
import { PaperItemView } from '../view/PaperItemView.tsx';
import { messages } from './messages.ts';

type Status = ImportItem['status'];
const STATUSES = ['ready', 'duplicate', 'skipped'] as const satisfies readonly Status[];
const SIGNS: Readonly<Record<Status, Icon>> = { ready: Check, duplicate: CopyCheck, skipped: TriangleAlert };
const FILLS = { ready: 'accent', duplicate: 'quiet', skipped: 'attention' } as const;

/** Every item of a file with what will happen to it, the chosen ones, and the button that takes them. */
export function ImportReview(props: { held: QuestionImport; onDone: () => Promise<unknown>; onDiscard: () => void }): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  const [shown, setShown] = createSignal<Status>();
  const [taken, setTaken] = createSignal<ReadonlySet<number>>(new Set(props.held.items.filter(({ status }) => status === 'ready').map(({ index }) => index)));
  const [open, setOpen] = createSignal(props.held.items.find(({ status }) => status !== 'ready')?.index ?? props.held.items[0]?.index);
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const key = commandKey();
  const isDone = (): boolean => props.held.state === 'committed';
  const items = createMemo(() => props.held.items.filter(({ status }) => shown() === undefined || status === shown()));
  const opened = (): ImportItem | undefined => props.held.items.find(({ index }) => index === open());
  const nameOf = (item: ImportItem): string => (item.question === undefined ? (item.raw ?? '').replace(/\s+/g, ' ').trim() : plainLine(item.question.text)) || b('noText');
  const count = (): number => taken().size;
  const toggle = (index: number, on: boolean): void => void setTaken((before) => { const next = new Set(before); if (on) next.add(index); else next.delete(index); return next; });

  async function commit(): Promise<void> {
    if (count() === 0 || isBusy() || isDone()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await commitImport(props.held.id, [...taken()].sort((one, other) => one - other), key);
      await props.onDone();
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }
  function step(by: 1 | -1): void {
    const at = items().findIndex(({ index }) => index === open());
    const next = items()[at === -1 ? 0 : at + by];
    if (next === undefined) return;
    setOpen(next.index);
    document.getElementById(`import-${next.index}`)?.scrollIntoView({ block: 'nearest' });
  }
  onMount(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void commit();
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  const skippedFile = createMemo(() => URL.createObjectURL(new Blob([props.held.items.filter(({ status }) => status === 'skipped').map(({ line, reason, raw }) => `// line ${line}: ${reason ?? ''}\n${raw ?? ''}`).join('\n\n')], { type: 'text/plain' })));
  onCleanup(() => URL.revokeObjectURL(skippedFile()));
  const taking = (): string => (count() === 1 ? t('commitOne') : t('commit', { count: count() }));
  const committed = (): number => props.held.items.filter(({ questionId }) => questionId !== undefined).length;
  return (
    <>
      <PageHeader
        title={<span class="Import__name">{t('importName', { name: props.held.fileName })}</span>}
        badge={isDone() ? <Badge tone="done" icon={Check}>{t('saved')}</Badge> : <Badge line>{t('notSaved')}</Badge>}
        sub={t('summary', { format: (props.held.format ?? '').toUpperCase(), total: props.held.counts.total, encoding: (props.held.encoding ?? 'utf-8').toUpperCase() })}
        actions={
          <Show when={!isDone()} fallback={<><Button onClick={() => props.onDiscard()}>{t('another')}</Button><Button kind="primary" href="/staff/questions">{t('toBank')}</Button></>}>
            <Button kind="danger" disabled={isBusy()} onClick={() => props.onDiscard()}>{t('discard')}</Button>
            <Show when={props.held.counts.skipped > 0}><Button icon={Download} href={skippedFile()} download={`skipped-${props.held.fileName}`}>{t('downloadSkipped', { count: props.held.counts.skipped })}</Button></Show>
            <Button kind="primary" keys="Ctrl Enter" busy={isBusy()} busyText={t('committing')} disabled={count() === 0} title={count() === 0 ? t('nothing') : undefined} onClick={() => void commit()}>{taking()}</Button>
          </Show>
        }
      />
      <PageBody>
        <Show when={isDone()}><Banner tone="done" live="status" title={committed() === 1 ? t('doneOne') : t('done', { count: committed() })}>{t('doneText')}</Banner></Show>
        <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact busy={isBusy()} onRetry={() => void commit()} />}</Show>
        <StackedBar bare label={t('bar')} parts={STATUSES.map((status) => ({ key: status, label: t(`status.${status}`), count: props.held.counts[status], fill: FILLS[status] }))} />
        <div class="row wrap">
          <FilterChip pressed={shown() === undefined} count={props.held.counts.total} onToggle={() => setShown(undefined)}>{t('all')}</FilterChip>
          <For each={STATUSES}>{(status) => <FilterChip pressed={shown() === status} icon={SIGNS[status]} count={props.held.counts[status]} onToggle={() => setShown(status)}>{t(`status.${status}`)}</FilterChip>}</For>
          <Show when={!isDone()}>
            <span class="push row">
              <Button size="small" onClick={() => setTaken(new Set(props.held.items.filter(({ status }) => status === 'ready').map(({ index }) => index)))}>{t('takeAll')}</Button>
              <Button size="small" onClick={() => setTaken(new Set<number>())}>{t('takeNone')}</Button>
            </span>
          </Show>
        </div>
        <Card flush class="Import">
          <ol class="Import__list" aria-label={t('selectList')}>
            <For each={items()} fallback={<li class="Import__none">{t('empty')}</li>}>
              {(item) => (
                <li class="Import__item" id={`import-${item.index}`} data-status={item.status} data-open={open() === item.index ? '' : undefined}>
                  <Show when={item.status !== 'skipped'} fallback={<span />}>
                    <Checkbox aria-label={t('take', { name: nameOf(item).slice(0, 80) })} disabled={isDone()} checked={isDone() ? item.questionId !== undefined : taken().has(item.index)} onChange={(on) => toggle(item.index, on)} />
                  </Show>
                  <button type="button" class="Import__open" aria-expanded={open() === item.index} onClick={() => setOpen(item.index)}>
                    <span class="Import__line">{item.line}</span>
                    <Show when={item.question} fallback={<span class="Import__sign"><TriangleAlert /></span>}>{(question) => <TypeSign type={question().type} />}</Show>
                    <span class="Import__text" dir="auto">
                      <Show when={item.status !== 'ready'}><b class="Import__why"><Dynamic component={SIGNS[item.status]} />{item.status === 'skipped' ? t('skippedWord') : t('duplicateWord')} {item.reason}</b></Show>
                      <span class="Import__clip">{nameOf(item)}</span>
                    </span>
                  </button>
                </li>
              )}
            </For>
          </ol>
          <div class="Import__detail">
            <Show when={opened()} fallback={<p class="soft">{t('choose')}</p>}>
              {(item) => (
                <div class="Import__sticky">
                  <header class="Import__head">
                    <h2>{t('item', { number: item().index + 1, line: item().line })}</h2>
                    <span class="push row"><IconButton size="small" icon={ChevronUp} label={t('previous')} onClick={() => step(-1)} /><IconButton size="small" icon={ChevronDown} label={t('next')} onClick={() => step(1)} /></span>
                  </header>
                  <Show when={item().status !== 'ready'}>
                    <div class="Import__reason" data-status={item().status}><b>{item().reason}</b><p>{item().status === 'skipped' ? t('skippedHelp') : t('duplicateHelp')}</p></div>
                  </Show>
                  <Show when={item().raw}>{(raw) => <Raw text={raw()} firstLine={item().line} label={t('raw')} />}</Show>
                  <Show when={item().question}>
                    {(question) => <section aria-label={t('preview')}><PaperItemView item={toPaperItem({ id: 'import', points: question().points, question: question() as unknown as QuestionContent })} /></section>}
                  </Show>
                </div>
              )}
            </Show>
          </div>
        </Card>
      </PageBody>
    </>
  );
}

function Raw(props: { text: string; firstLine: number; label: string }): JSX.Element {
  return (
    <div class="Import__raw" role="region" aria-label={props.label} tabindex={0}>
      <For each={props.text.split(/\r?\n/)}>{(line, index) => <div><b>{props.firstLine + index()}</b><code>{line}</code></div>}</For>
    </div>
  );
}
