import { useParams } from '@solidjs/router';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Dices from 'lucide-solid/icons/dices';
import Eye from 'lucide-solid/icons/eye';
import Library from 'lucide-solid/icons/library';
import Monitor from 'lucide-solid/icons/monitor';
import Smartphone from 'lucide-solid/icons/smartphone';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import type { PaperItem } from '#domain/questions/types.ts';
import { PaperItemView } from '#web/features/questions/view/PaperItemView.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { type ExamPreview, readPreview } from '../api.ts';
import { createExam } from '../create-exam.ts';
import { ExamHeader } from '../ExamHeader.tsx';
import { messages as examMessages } from '../messages.ts';
import { messages } from './messages.ts';

import './exam-preview.css';

interface Shown {
  readonly item: PaperItem;
  readonly number: number;
  readonly section: string;
}

/** A paper of an exam as a student gets it, to look at and to try. */
export function ExamPreviewPage(): JSX.Element {
  const t = useMessages(messages);
  const e = useMessages(examMessages);
  const params = useParams<{ examId: string }>();
  const [seed, setSeed] = createSignal<string>();
  const exam = createExam(() => params.examId);
  const preview = createLoad(() => ({ id: params.examId, seed: seed() }), ({ id, seed: wanted }) => readPreview(id, wanted));
  createTitle(() => t('title', { title: exam.value()?.title ?? '' }));
  useShell().setBreadcrumbs(() => [{ label: e('exams'), href: '/staff/exams' }, { label: exam.value()?.title || '…', href: `/staff/exams/${params.examId}` }, { label: e('preview') }]);
  // any other number gives another paper
  const another = (): void => void setSeed(String(crypto.getRandomValues(new Uint32Array(1))[0]));
  return (
    <>
      <Show when={exam.value()} fallback={<PageBody class="ExamWait"><Show when={exam.error()} fallback={<Skeleton kind="text" count={2} />}>{(problem) => <ProblemView heads problem={problem()} onRetry={exam.reload} />}</Show></PageBody>}>
        {(found) => (
          <ExamHeader
            exam={found()}
            page="preview"
            actions={<><Button icon={Dices} busy={preview.isLoading()} busyText={t('another')} title={t('anotherNote')} onClick={another}>{t('another')}</Button><Show when={found().state === 'draft'}><Button href={`/staff/exams/${found().id}/edit`}>{t('back')}</Button></Show></>}
          />
        )}
      </Show>
      <PageBody class="ExamPreviewPage">
        <Show
          when={preview.value()}
          fallback={<Show when={preview.error()} fallback={<Skeleton kind="block" height="480px" />}>{(problem) => <ProblemView problem={problem()} busy={preview.isLoading()} onRetry={preview.reload} />}</Show>}
        >
          {(found) => <Paper preview={found()} />}
        </Show>
      </PageBody>
    </>
  );
}

function Paper(props: { preview: ExamPreview }): JSX.Element {
  const t = useMessages(messages);
  const [at, setAt] = createSignal(0);
  const [width, setWidth] = createSignal<'wide' | 'phone'>('wide');
  const items = createMemo<readonly Shown[]>(() => {
    let number = 0;
    return props.preview.paper.sections.flatMap((section, index) => section.items.map((item) => ({ item: item as unknown as PaperItem, number: (number += 1), section: section.title.trim() || t('section', { number: index + 1 }) })));
  });
  const isOnePage = (): boolean => props.preview.paper.display === 'all';
  const index = (): number => Math.min(at(), Math.max(0, items().length - 1));
  const shown = (): readonly Shown[] => (isOnePage() ? items() : items().slice(index(), index() + 1));
  const heading = (entry: Shown): string => `${t('question', { number: entry.number })} ${t('of', { total: items().length })}`;
  function go(to: number): void {
    setAt(to);
    document.getElementById('preview-paper')?.focus({ preventScroll: true });
    if (isOnePage()) document.getElementById(`paper-${to}`)?.scrollIntoView();
  }
  return (
    <>
      <Banner tone="info" icon={Eye} title={props.preview.source === 'draft' ? t('bannerDraft') : t('bannerPublished')} />
      <Show when={props.preview.missing.length > 0}>
        <Banner tone="attention" title={t('missing')}><ul><For each={props.preview.missing}>{(entry) => <li>{entry.message}</li>}</For></ul></Banner>
      </Show>
      <Show when={items().length > 0} fallback={<EmptyState icon={Library} title={t('empty')}>{t('emptyText')}</EmptyState>}>
        <div class="ExamPreview">
          <div class="ExamPreview__side">
            <Card>
              <nav aria-label={t('nav')} class="ExamPreview__cells">
                <For each={items()}>{(entry, place) => <button type="button" aria-current={!isOnePage() && place() === index() ? 'true' : undefined} aria-label={`${t('question', { number: entry.number })}, ${entry.section}`} title={entry.section} onClick={() => go(place())}>{entry.number}</button>}</For>
              </nav>
            </Card>
            <Show when={props.preview.paper.instructions.trim() !== ''}><Card title={t('instructions')}><p class="ExamPreview__instructions" dir="auto">{props.preview.paper.instructions}</p></Card></Show>
            <Segmented label={t('asPhone')} value={width()} onChange={setWidth} options={[{ value: 'wide', label: t('wide'), icon: Monitor }, { value: 'phone', label: t('phone'), icon: Smartphone }]} />
          </div>
          <div class="ExamPreview__paper" data-width={width()} id="preview-paper" tabindex={-1}>
            <For each={shown()}>
              {(entry) => (
                <section id={`paper-${entry.number - 1}`} class="ExamPreview__item">
                  <p class="ExamPreview__section soft" dir="auto">{entry.section}</p>
                  <PaperItemView item={entry.item} heading={heading(entry)} />
                </section>
              )}
            </For>
            <Show when={!isOnePage()}>
              <div class="ExamPreview__foot">
                <Show when={props.preview.paper.navigation === 'free'} fallback={<span />}><Button icon={ChevronLeft} disabled={index() === 0} onClick={() => go(index() - 1)}>{t('previous')}</Button></Show>
                <Button kind="primary" iconEnd={ChevronRight} disabled={index() === items().length - 1} onClick={() => go(index() + 1)}>{t('next')}</Button>
              </div>
            </Show>
          </div>
        </div>
      </Show>
    </>
  );
}
