import Check from 'lucide-solid/icons/check';
import Circle from 'lucide-solid/icons/circle';
import CircleDot from 'lucide-solid/icons/circle-dot';
import X from 'lucide-solid/icons/x';
import { For, Match, Show, Switch, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import type { Icon } from '#web/ui/icon.ts';

import type { ReviewItem } from '../api.ts';
import { messages } from '../messages.ts';
import { type Answered, percent, readResponse, type ResponseLine } from './response-lines.ts';

import './response-view.css';

const ICONS: Readonly<Record<ResponseLine['verdict'], Icon>> = { given: CircleDot, right: Check, wrong: X, missed: Circle, idle: Circle };

/** An answer as it was given, beside what would have been right. */
export function ResponseView(props: { item: Pick<ReviewItem, 'type' | 'options' | 'key'>; response: unknown }): JSX.Element {
  const t = useMessages(messages);
  const answered = (): Answered => readResponse(props.item, props.response, { true: t('trueText'), false: t('falseText') });
  const isEmpty = (): boolean => props.response === null || props.response === undefined;
  return (
    <div class="ResponseView">
      <Show when={isEmpty()}><p class="soft">{t('noAnswer')}</p></Show>
      <Switch>
        <Match when={as(answered(), 'lines')}>
          {(found) => (
            <>
              <ul class="ResponseView__lines" data-labelled={found().lines.some(({ label }) => label !== undefined) ? '' : undefined}>
                <For each={found().lines}>{(line) => <Line line={line} />}</For>
              </ul>
              <Show when={found().accepted}>{(accepted) => <p class="ResponseView__key">{t('accepted', { list: accepted().join(' · ') })}</p>}</Show>
            </>
          )}
        </Match>
        <Match when={as(answered(), 'text')}>
          {(found) => (
            <>
              <Show when={found().text !== ''}><p class="ResponseView__text" dir="auto">{found().format === 'html' ? toText(found().text) : found().text}</p></Show>
              <Sample text={found().sample} />
            </>
          )}
        </Match>
        <Match when={as(answered(), 'code')}>{(found) => <><pre class="ResponseView__code" tabindex={0}>{found().text}</pre><Sample text={found().sample} /></>}</Match>
        <Match when={as(answered(), 'points')}>{(found) => <ul class="ResponseView__lines"><For each={found().points}>{([x, y]) => <li>{t('point', { x: percent(x), y: percent(y) })}</li>}</For></ul>}</Match>
        <Match when={as(answered(), 'files')}>{(found) => <p>{t('files', { count: found().fileIds.length })} <span class="mono soft">{found().fileIds.join(', ')}</span></p>}</Match>
      </Switch>
    </div>
  );
}

function Line(props: { line: ResponseLine }): JSX.Element {
  const t = useMessages(messages);
  const says = (): string => ({ given: t('chosen'), right: t('chosenRight'), wrong: t('chosenWrong'), missed: t('missed'), idle: '' })[props.line.verdict];
  const isBare = (): boolean => props.line.label !== undefined || props.line.verdict === 'given';
  return (
    <li data-verdict={props.line.verdict}>
      <Show when={props.line.label}>{(label) => <span class="ResponseView__label" dir="auto">{label()}</span>}</Show>
      <span class="ResponseView__value">
        <Dynamic component={ICONS[props.line.verdict]} />
        <span dir="auto">{props.line.text === '' ? '–' : props.line.text}</span>
        <Show when={!isBare() && says() !== ''}><span class="ResponseView__says">{says()}</span></Show>
        <Show when={props.line.expected}>{(expected) => <span class="ResponseView__says">{props.line.verdict === 'wrong' ? t('expected', { text: expected() }) : t('accepted', { list: expected() })}</span>}</Show>
      </span>
    </li>
  );
}

function Sample(props: { text: string | undefined }): JSX.Element {
  const t = useMessages(messages);
  return <Show when={props.text}>{(text) => <details class="ResponseView__sample"><summary>{t('sample')}</summary><p dir="auto">{text()}</p></details>}</Show>;
}

function as<Kind extends Answered['kind']>(answered: Answered, kind: Kind): Extract<Answered, { kind: Kind }> | undefined {
  return answered.kind === kind ? (answered as Extract<Answered, { kind: Kind }>) : undefined;
}

// what a student wrote is shown as text: their markup is nothing that this page should run or draw
function toText(html: string): string {
  const document = new DOMParser().parseFromString(html.replace(/<\/(p|li|div|h\d)>|<br\s*\/?>/gi, '$&\n'), 'text/html');
  return document.body.textContent.trim();
}
