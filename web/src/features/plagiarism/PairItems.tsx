import { createSignal, For, Show, type JSX } from 'solid-js';

import { formatBytes, formatNumber, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Card } from '#web/ui/Card.tsx';
import { RichText } from '#web/ui/RichText.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';

import type { PairDetail, PairItem } from './api.ts';
import { cutAtMatches, responseText } from './matches.ts';
import { messages } from './messages.ts';
import { percentText } from './numbers.ts';

const MATCHES: ReadonlySet<PairItem['match']> = new Set(['identical-wrong', 'identical-right', 'text', 'same-files']);

/** An answer that may be longer than its box: it scrolls, by keyboard too. */
const LONG = 500;
const LONG_LINES = 12;

const STRONG: ReadonlySet<PairItem['match']> = new Set(['identical-wrong', 'text', 'same-files']);

/** What both answered to each question, with the key; what matches is marked. */
export function PairItems(props: { detail: PairDetail }): JSX.Element {
  const t = useMessages(messages);
  const [which, setWhich] = createSignal<'matches' | 'all'>('matches');
  const shown = (): PairItem[] => props.detail.items.filter(({ match }) => which() === 'all' || MATCHES.has(match));
  return (
    <Card title={t('side')} actions={<Segmented name={t('side')} value={which()} onChange={setWhich} options={[{ value: 'matches', label: t('onlyMatches') }, { value: 'all', label: t('allItems') }]} />}>
      <For each={shown()}>
        {(item) => (
          <article class="PairItem" data-match={item.match}>
            <header class="row wrap between">
              <h3>{t('question', { number: item.number })}</h3>
              <Badge tone={STRONG.has(item.match) ? 'attention' : 'neutral'}>{t(`match.${item.match}`)}</Badge>
            </header>
            <RichText class="PairItem__text" text={item.text as { format: 'plain'; value: string }} />
            <Show when={responseText(item.key, item.options)}>{(key) => <p class="small soft"><b>{t('key')}:</b> <span dir="auto">{key()}</span></p>}</Show>
            <div class="PairItem__sides">
              <Side item={item} which="a" detail={props.detail} />
              <Side item={item} which="b" detail={props.detail} />
            </div>
            <Show when={item.containment !== null}><p class="small soft">{t('contained', { percent: formatNumber(item.containment!, { style: 'percent', maximumFractionDigits: 0 }) })}</p></Show>
            <Show when={item.changeShare !== null}><p class="small soft">{t('sameChange', { percent: percentText(item.changeShare!) })}</p></Show>
            <Show when={item.share !== null}><p class="small soft">{t('share', { percent: percentText(item.share!) })}</p></Show>
          </article>
        )}
      </For>
      <Show when={shown().length === 0}><p class="small soft">{t('noneFits')}</p></Show>
    </Card>
  );
}

function Side(props: { item: PairItem; which: 'a' | 'b'; detail: PairDetail }): JSX.Element {
  const t = useMessages(messages);
  const answer = () => props.item[props.which];
  const ranges = () => props.item.ranges.map((range) => (props.which === 'a' ? { from: range.aFrom, to: range.aTo } : { from: range.bFrom, to: range.bTo }));
  const session = () => props.detail.pair[props.which];
  const text = (): string | undefined => (answer().files.length > 0 ? (answer().fileText ?? undefined) : responseText(answer().response, props.item.options));
  return (
    <div class="PairItem__side">
      <b class="clip" dir="auto">{session().student.name}</b>
      <Show when={answer().files.length > 0}>
        <ul class="PairItem__files">
          <For each={answer().files}>
            {(file) => <li><a href={`/api/v1/sessions/${session().sessionId}/files/${file.id}`} rel="external" download="" dir="auto">{file.fileName}</a> <span class="soft">{formatBytes(file.sizeBytes)}</span> <Show when={file.same}><Badge tone="attention">{t('sameFile')}</Badge></Show></li>}
          </For>
        </ul>
      </Show>
      <Show when={text()} fallback={<p class="soft">{t(answer().files.length > 0 ? 'noFileText' : 'noAnswer')}</p>}>
        {(said) => <p class="PairItem__answer" dir="auto" tabindex={said().length > LONG || said().split('\n').length > LONG_LINES ? 0 : undefined}><For each={cutAtMatches(said(), ranges())}>{(piece) => (piece.isMatch ? <mark>{piece.text}</mark> : piece.text)}</For></p>}
      </Show>
      <Show when={answer().earlier.length > 0}><p class="small soft" dir="auto">{t('earlier', { answers: answer().earlier.map((one) => responseText(one, props.item.options)).join(', ') })}</p></Show>
      <p class="small soft">
        {[answer().right === null ? undefined : t(answer().right! ? 'right' : 'wrong'), answer().savedAt === null ? undefined : t('savedAt', { time: formatTime(answer().savedAt!, { seconds: true }), place: answer().place ?? '–' })].filter(Boolean).join(', ')}
      </p>
    </div>
  );
}
