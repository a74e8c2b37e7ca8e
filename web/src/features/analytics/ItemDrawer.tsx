import ExternalLink from 'lucide-solid/icons/external-link';
import { For, Show, type JSX } from 'solid-js';

import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Drawer } from '#web/ui/Drawer.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { Notice } from '#web/ui/Banner.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';

import type { ItemStatistics } from './api.ts';
import { ChartCard } from './charts/ChartCard.tsx';
import { drawRows } from './charts/rows.ts';
import { beatingOption } from './figures.ts';
import { messages } from './messages.ts';
import { useWords, type Words } from './use-words.ts';

/** One question: what is striking, who chose what, its figures. */
export function ItemDrawer(props: { item: ItemStatistics | undefined; onClose: () => void; onPrevious: (() => void) | undefined; onNext: (() => void) | undefined }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.item}>
      {(item) => (
        <Drawer
          open
          takesFocus
          onClose={() => props.onClose()}
          title={t('itemTitle', { number: item().number })}
          sub={t('itemSub', { section: item().section, points: t('itemPoints', { value: item().maxPoints }) })}
          {...(props.onPrevious === undefined ? {} : { onPrevious: () => props.onPrevious?.() })}
          {...(props.onNext === undefined ? {} : { onNext: () => props.onNext?.() })}
          previousLabel={t('previousItem')}
          nextLabel={t('nextItem')}
          footer={<Button size="small" icon={ExternalLink} href={`/staff/questions/${item().questionId}`}>{t('openQuestion')}</Button>}
        >
          <div class="stack Analysis__drawer">
            <p class="Analysis__text" dir="auto">{item().text}</p>
            <For each={item().flags}>{(flag) => <Notice tone="attention"><p class="small"><Sentence text={t(`why.${flag}`)} /></p></Notice>}</For>
            <Show when={item().options !== null}><Choices item={item()} /></Show>
            <ItemFigures item={item()} />
          </div>
        </Drawer>
      )}
    </Show>
  );
}

function Choices(props: { item: ItemStatistics }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const options = () => props.item.options ?? [];
  const name = (option: ReturnType<typeof options>[number]): string => (option.isKey ? t('key', { text: option.text }) : option.text);
  const sentence = (): string => {
    const beats = beatingOption(props.item);
    if (beats !== undefined) return t('choiceBeats', { option: beats.text, upper: words.share(beats.byGroup.upper) });
    const keys = options().filter(({ isKey }) => isKey);
    return keys.length === 1 ? t('choiceSentence', { upper: words.share(keys[0]!.byGroup.upper), lower: words.share(keys[0]!.byGroup.lower) }) : t('choiceKeys');
  };
  return (
    <ChartCard
      level={3}
      title={t('choices')}
      sentence={sentence()}
      keys={[{ tone: 'accent', text: t('strongestKey') }, { tone: 'neutral', text: t('weakestKey') }]}
      draw={(width) => drawRows({
        most: 1,
        rows: options().map((option) => ({
          name: name(option),
          bars: [{ value: option.byGroup.upper, text: words.share(option.byGroup.upper), tone: 'accent' }, { value: option.byGroup.lower, text: words.share(option.byGroup.lower), tone: 'neutral' }],
        })),
      }, width)}
      table={{
        head: [t('colOption'), t('colStrongest'), t('colMiddle'), t('colWeakest'), t('colAll'), t('colCorrelation')],
        rows: options().map((option) => [name(option), words.share(option.byGroup.upper), words.share(option.byGroup.middle), words.share(option.byGroup.lower), words.share(option.share), words.number(option.correlation)]),
      }}
    />
  );
}

function ItemFigures(props: { item: ItemStatistics }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const or = (path: string, value: number | null, text: string): JSX.Element => (value === null ? <span class="soft">{words.reason(props.item.notes, path)}</span> : text);
  const item = (): ItemStatistics => props.item;
  const d = (): ItemStatistics['discrimination'] => props.item.discrimination;
  return (
    <Card level={3} title={t('figures')}>
      <Facts
        items={[
          [t('item.n'), () => formatNumber(item().n)],
          [t('item.facility'), () => or('facility', item().facility, words.number(item().facility))],
          [t('item.facilityAnswered'), () => or('facilityAnswered', item().facilityAnswered, words.number(item().facilityAnswered))],
          [t('item.meanPoints'), () => or('meanPoints', item().meanPoints, t('of', { value: words.number(item().meanPoints), total: item().maxPoints }))],
          [t('item.sd'), () => or('sd', item().sd, words.number(item().sd))],
          [t('item.upperLower27'), () => or('discrimination.upperLower27', d().upperLower27, words.number(d().upperLower27))],
          [t('item.upperLowerCut27'), () => or('discrimination.upperLowerCut27', d().upperLowerCut27, words.number(d().upperLowerCut27))],
          [t('item.itemRest'), () => or('discrimination.itemRest', d().itemRest, words.number(d().itemRest))],
          [t('item.itemTotal'), () => or('discrimination.itemTotal', d().itemTotal, words.number(d().itemTotal))],
          [t('item.pointBiserial'), () => or('discrimination.pointBiserial', d().pointBiserial, words.number(d().pointBiserial))],
          [t('item.efficiency'), () => or('discriminativeEfficiency', item().discriminativeEfficiency, words.share(item().discriminativeEfficiency))],
          [t('item.alpha'), () => or('alphaIfDeleted', item().alphaIfDeleted, words.number(item().alphaIfDeleted))],
          [t('item.weights'), () => (item().intendedWeight === null || item().effectiveWeight === null ? <span class="soft">{words.reason(item().notes, 'effectiveWeight')}</span> : t('weights', { meant: words.number(100 * item().intendedWeight!, 1), real: words.number(100 * item().effectiveWeight!, 1) }))],
          [t('item.omitted'), () => t('of', { value: item().omitted, total: item().n })],
          [t('item.time'), () => or('medianSeconds', item().medianSeconds, t('timeFrom', { value: words.seconds(item().medianSeconds), count: item().timedSessions }))],
          [t('item.rasch'), raschText(item(), words, t as never)],
          [t('item.twoPl'), twoPlText(item(), words, t as never)],
        ]}
      />
    </Card>
  );
}

type Say = (key: 'withError', values: object) => string;

function raschText(item: ItemStatistics, words: Words, t: Say): JSX.Element {
  const found = item.irt?.rasch ?? null;
  return found === null ? null : withError(found.difficulty, found.se, words, t);
}

function twoPlText(item: ItemStatistics, words: Words, t: Say): JSX.Element {
  const found = item.irt?.twoPl ?? null;
  return found === null ? null : `${withError(found.difficulty, found.se, words, t)}, ${withError(found.discrimination, found.discriminationSe, words, t)}`;
}

function withError(value: number, error: number | null, words: Words, t: Say): string {
  return error === null ? words.number(value) : t('withError', { value: words.number(value), error: words.number(error) });
}
