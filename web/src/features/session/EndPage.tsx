import Check from 'lucide-solid/icons/check';
import CircleStop from 'lucide-solid/icons/circle-stop';
import Minus from 'lucide-solid/icons/minus';
import { createMemo, For, type JSX, onMount, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { isAnswered } from '#domain/grading/answered.ts';
import { formatDate, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { CopyButton } from '#web/ui/CopyButton.tsx';

import { describeResponse } from './describe-response.ts';
import { laterMessages as messages } from './later-messages.ts';
import { countWords } from './responses/plain-text.ts';
import { SaveCopy } from './SaveCopy.tsx';
import { PlainBar } from './SitBar.tsx';
import { RefusedList } from './RefusedTexts.tsx';
import { useSit } from './sit-context.ts';

import './end-page.css';

/** After the exam: what was received and when, and what happens next. */
export function EndPage(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const session = (): NonNullable<ReturnType<typeof sit.session>> => sit.session()!;
  const state = (): 'submitted' | 'expired' | 'terminated' | 'withdrawn' => session().state as never;
  const isEndedByStaff = (): boolean => state() === 'terminated' || state() === 'withdrawn';
  const endedAt = (): string => session().endedAt ?? session().closedAt ?? new Date(serverNowMs()).toISOString();
  const unsent = (): number => sit.answers.summary().unsent;
  let heading!: HTMLHeadingElement;
  onMount(() => {
    document.title = `${t(`end_${state()}`)} · ${sit.exam()?.title ?? t('exam')}`;
    heading.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  });
  return (
    <>
      <PlainBar title={sit.exam()?.title ?? t('exam')} />
      <main class="EndPage">
        <header class="EndPage__head">
          <span class="EndPage__badge" data-quiet={isEndedByStaff() ? '' : undefined}><Dynamic component={isEndedByStaff() ? CircleStop : Check} /></span>
          <div>
            <h1 tabindex="-1" ref={heading}>{t(`end_${state()}`)}</h1>
            <Show when={state() === 'terminated'}><p><b dir="auto">{t('endedByStaff')}{sit.endReason() === null ? '.' : `: ${sit.endReason()!}`}</b></p></Show>
            <p>
              {t(isEndedByStaff() ? 'closedAtText' : 'receivedAt', { date: formatDate(endedAt()) })} <b class="tabular">{formatTime(endedAt(), { seconds: true })}</b>.{' '}
              {t(unsent() > 0 ? 'notAllHere' : state() === 'submitted' && sit.refused().length === 0 ? 'allHere' : 'whatCounts')}
            </p>
          </div>
        </header>
        <p class="EndPage__act no-print">
          <Show when={sit.isResultOut()} fallback={<Button kind="primary" size="large" href="/exams">{t('toMyExams')}</Button>}>
            <Button kind="primary" size="large" href={`/results/${sit.sessionId}`}>{t('seeResult')}</Button>
          </Show>
        </p>
        <Show when={unsent() > 0}>
          <Banner tone="attention" title={t('timeUpUnsent', unsent())} live="status" actions={<SaveCopy />}><p>{t('keepOpen')}</p></Banner>
        </Show>
        <Received />
        <Show when={sit.refused().length > 0}>
          <Card title={t('refusedTitle')}>
            <p class="soft small">{t('refusedHelp')}</p>
            <RefusedList />
          </Card>
        </Show>
        <Card title={t('reference')}>
          <p class="soft small">{t('referenceHelp')}</p>
          <div class="EndPage__reference"><span class="mono">{session().id}</span><CopyButton text={session().id} name={t('reference')} /></div>
        </Card>
        <Next endedAt={endedAt()} isEndedByStaff={isEndedByStaff()} />
      </main>
    </>
  );
}

function Received(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const stored = createMemo(() => new Map(sit.stored().filter(({ response }) => response !== null).map((answer) => [answer.itemId, answer])));
  const has = (item: { id: string; type: never }): boolean => isAnswered(item.type, stored().get(item.id)?.response);
  // without the paper an answer that is not null counts
  const answered = createMemo(() => (sit.items().length > 0 ? sit.items().filter((item) => has(item as never)).length : stored().size));
  const words = createMemo(() => sit.items().filter(({ type }) => type === 'essay').reduce((sum, item) => sum + countWords(describeResponse(item, stored().get(item.id)?.response)), 0));
  const last = createMemo(() => sit.stored().reduce<{ itemId: string; savedAt: string } | null>((latest, answer) => (latest === null || answer.savedAt > latest.savedAt ? answer : latest), null));
  return (
    <Card title={t('whatReceived')}>
      <div class="Received__sum">
        <p><b>{answered()}</b> {t('answered')}</p>
        <p><b>{Math.max(0, sit.total() - answered())}</b> {t('leftEmpty')}</p>
        <Show when={words() > 0}><p><b>{words()}</b> {t('essayWords')}</p></Show>
      </div>
      <Show when={sit.items().length > 0}>
        <ol class="Received__grid" aria-label={t('questions')}>
          <For each={sit.items()}>
            {(item, index) => (
              <li data-state={has(item as never) ? 'answered' : 'empty'}>
                {index() + 1} <Dynamic component={has(item as never) ? Check : Minus} class="icon-tiny" />
                <span class="visually-hidden">{t(has(item as never) ? 'answered' : 'empty')}</span>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <p class="soft small">
        <Show when={last()} fallback={t('nothingReceived')}>
          {(answer) => <>{sit.numberOf(answer().itemId) > 0 ? t('lastChange', { number: String(sit.numberOf(answer().itemId)) }) : t('lastSaveAt')} <span class="tabular">{formatTime(answer().savedAt, { seconds: true })}</span>.</>}
        </Show>
      </p>
    </Card>
  );
}

function Next(props: { endedAt: string; isEndedByStaff: boolean }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const closesAt = (): string | undefined => {
    const at = sit.exam()?.window?.closesAt;
    return at !== undefined && Date.parse(at) > serverNowMs() ? at : undefined;
  };
  const when = (at: string): string => `${formatDate(at, { weekday: 'short' })}, ${formatTime(at)}`;
  return (
    <section class="EndPage__then" aria-labelledby="end-then">
      <h2 id="end-then">{t('then')}</h2>
      <ol class="EndSteps">
        <li data-done><b>{t(props.isEndedByStaff ? 'step_ended' : 'step_in')}</b><span class="tabular">{when(props.endedAt)}</span></li>
        <Show when={closesAt()}>{(at) => <li><b>{t('step_closes')}</b><span class="tabular">{when(at())}</span></li>}</Show>
        <li data-done={sit.isResultOut() ? '' : undefined}><b>{t('step_marking')}</b><span>{t('step_markingText')}</span></li>
        <li data-done={sit.isResultOut() ? '' : undefined}><b>{t('step_result')}</b><span>{t(sit.isResultOut() ? 'step_resultOut' : 'step_resultText')}</span></li>
      </ol>
    </section>
  );
}
