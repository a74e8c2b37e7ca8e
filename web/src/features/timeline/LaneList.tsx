import Database from 'lucide-solid/icons/database';
import Pause from 'lucide-solid/icons/pause';
import UserCheck from 'lucide-solid/icons/user-check';
import UserRound from 'lucide-solid/icons/user-round';
import WifiOff from 'lucide-solid/icons/wifi-off';
import WifiIcon from 'lucide-solid/icons/wifi';
import WorkflowIcon from 'lucide-solid/icons/workflow';
import { createMemo, For, Match, Show, Switch, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatDate, formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import type { Icon } from '#web/ui/icon.ts';

import { millisOf } from './clock-text.ts';
import { iconOf } from './icons.ts';
import { type Band, type Happening, type Lane, LANES, type Row } from './lanes.ts';
import { messages } from './messages.ts';
import { tell, type Words } from './tell.ts';

import './lane-list.css';

/** Icon of a lane. */
export const LANE_ICONS: Readonly<Record<Lane, Icon>> = { student: UserRound, staff: UserCheck, system: Database, temporal: WorkflowIcon };

/** Props of the list. */
export interface LaneListProps {
  rows: readonly Row[];
  /** Id of the happening whose record is shown beside the list. */
  chosen: string | undefined;
  onChoose: (what: Happening) => void;
  openFolds: ReadonlySet<string>;
  onFold: (id: string) => void;
}

/** What happened in a session, oldest first: the connection as a band, and a lane for everybody who can act. */
export function LaneList(props: LaneListProps): JSX.Element {
  const t = useMessages(messages);
  const rows = createMemo(() => withDays(props.rows));
  return (
    <div class="LaneList">
      <div class="LaneList__head" aria-hidden="true">
        <span class="num">{t('time')}</span>
        <span class="LaneList__names">
          <span title={t('connection')}><WifiIcon /></span>
          <For each={LANES}>{(lane) => <span title={t(`lane.${lane}`)}><Dynamic component={LANE_ICONS[lane]} /></span>}</For>
        </span>
        <span>{t('whatHappened')}</span>
        <span>{t('proof')}</span>
      </div>
      <ol class="LaneList__rows" aria-label={t('timelineLabel')}>
        <For each={rows()}>
          {(row, index) => (
            <Switch>
              <Match when={row.type === 'heading' && row}>{(heading) => <Heading row={heading()} withDate={isNewDay(rows(), index())} t={t} />}</Match>
              <Match when={row.type === 'day' && row}>{(day) => <Day row={day()} />}</Match>
              <Match when={row.type === 'event' && row}>{(event) => <Event row={event()} chosen={props.chosen === event().what.id} onChoose={props.onChoose} t={t} />}</Match>
              <Match when={row.type === 'fold' && row}>{(fold) => <Fold row={fold()} open={props.openFolds.has(fold().id)} onToggle={() => props.onFold(fold().id)} t={t} />}</Match>
              <Match when={row.type === 'stretch' && row}>{(stretch) => <Stretch row={stretch()} t={t} />}</Match>
            </Switch>
          )}
        </For>
      </ol>
    </div>
  );
}

interface DayRow { readonly type: 'day'; readonly id: string; readonly atMs: number; readonly band: Band }

type Of<Type extends Row['type']> = Extract<Row, { type: Type }>;

function Heading(props: { row: Of<'heading'>; withDate: boolean; t: Words }): JSX.Element {
  return (
    <li class="LaneList__row LaneList__row--heading">
      <span />
      <Lanes before={props.row.band} after={props.row.band} />
      <h3>{props.t(`part.${props.row.part}`)}<Show when={props.withDate}><span class="soft">, {formatDate(props.row.atMs)}</span></Show></h3>
    </li>
  );
}

function Day(props: { row: DayRow }): JSX.Element {
  return (
    <li class="LaneList__row LaneList__row--heading">
      <span />
      <Lanes before={props.row.band} after={props.row.band} />
      <h3 class="soft">{formatDate(props.row.atMs)}</h3>
    </li>
  );
}

function Event(props: { row: Of<'event'>; chosen: boolean; onChoose: (what: Happening) => void; t: Words }): JSX.Element {
  const what = (): Happening => props.row.what;
  const said = createMemo(() => tell(what(), props.t, props.row.before === 'gap'));
  return (
    <li class="LaneList__row LaneList__row--event" data-chosen={props.chosen ? '' : undefined} data-minor={(what().minor && props.row.before === props.row.after) || what().lane === 'temporal' ? '' : undefined}>
      <time datetime={new Date(what().atMs).toISOString()}>{formatTime(what().atMs, { seconds: true })}<span>.{millisOf(what().atMs)}</span></time>
      <Lanes before={props.row.before} after={props.row.after}>
        <i class="LaneList__mark" data-lane={what().lane} title={props.t(`lane.${what().lane}`)}><Dynamic component={iconOf(what())} /></i>
      </Lanes>
      <p dir="auto">
        <span class="visually-hidden">{props.t(`lane.${what().lane}`)}: </span>
        <b>{said().what}</b><Show when={said().more}> {said().more}</Show><Show when={said().quote}>{(reason) => <> {props.t('quote', { reason: reason() })}</>}</Show>
      </p>
      <button type="button" class="LaneList__proof" aria-pressed={props.chosen} aria-label={`${props.t('proof')}: ${said().what} ${said().proof ?? ''}`} onClick={() => props.onChoose(what())}>{said().proof ?? '{ }'}</button>
    </li>
  );
}

function Fold(props: { row: Of<'fold'>; open: boolean; onToggle: () => void; t: Words }): JSX.Element {
  const saves = (): number => props.row.parts.reduce((sum, part) => sum + (part.kind === 'answers-saved' ? Number(part.entry?.detail['saves'] ?? 1) : 0), 0);
  const others = (): number => props.row.parts.filter(({ kind }) => kind !== 'answers-saved').length;
  const text = (): string => {
    if (saves() === 0) return props.t('foldOthers', { count: others() });
    const first = props.t('foldSaves', { count: saves() });
    return others() === 0 ? first : props.t('foldAnd', { first, second: props.t('foldOthers', { count: others() }) });
  };
  const last = (): Happening => props.row.parts.at(-1)!;
  const until = (): number => Math.max(last().atMs, Date.parse(String(last().entry?.detail['until'] ?? '')) || 0);
  const when = (): string => {
    const from = formatTime(props.row.parts[0]!.atMs, { seconds: true });
    const to = formatTime(until(), { seconds: true });
    return from === to ? from : props.t('foldWhen', { from, to });
  };
  return (
    <li class="LaneList__row LaneList__row--fold">
      <time />
      <Lanes before={props.row.band} after={props.row.band}><i class="LaneList__mark" data-lane={props.row.lane} data-fold="" /></Lanes>
      <p>
        <button type="button" class="Link" aria-expanded={props.open} onClick={() => props.onToggle()}>{props.open ? props.t('foldClose') : text()}</button>{' '}
        <span class="soft">{when()}</span>
      </p>
    </li>
  );
}

function Stretch(props: { row: Of<'stretch'>; t: Words }): JSX.Element {
  const length = (): string | undefined => (props.row.toMs === null ? undefined : formatDuration(props.row.toMs - props.row.fromMs));
  const strong = (): string => {
    const time = length();
    if (props.row.kind === 'gap') return time === undefined ? props.t('gapOpen') : props.t('gapStrong', { time });
    return time === undefined ? props.t('holdOpen') : props.t('holdStrong', { time });
  };
  return (
    <li class="LaneList__row LaneList__row--stretch" data-kind={props.row.kind}>
      <time />
      <Lanes before={props.row.kind} after={props.row.kind} />
      <p>
        <Dynamic component={props.row.kind === 'gap' ? WifiOff : Pause} />
        <span><b>{strong()}</b> {props.row.kind === 'gap' ? props.t('gapRest', { saves: props.row.saves }) : props.t('holdRest')}</span>
      </p>
    </li>
  );
}

function Lanes(props: { before: Band; after: Band; children?: JSX.Element }): JSX.Element {
  return <span class="LaneList__lanes" data-before={props.before} data-after={props.before === props.after ? undefined : props.after} aria-hidden="true">{props.children}</span>;
}

/** Says the date where a later day begins within a part. */
function withDays(rows: readonly Row[]): readonly (Row | DayRow)[] {
  let dayBefore: string | undefined;
  return rows.flatMap((row): (Row | DayRow)[] => {
    if (row.type !== 'event' && row.type !== 'heading') return [row];
    const day = formatDate(row.type === 'event' ? row.what.atMs : row.atMs);
    const isLater = row.type === 'event' && dayBefore !== undefined && day !== dayBefore;
    dayBefore = day;
    return isLater ? [{ type: 'day', id: `day-${row.id}`, atMs: row.what.atMs, band: row.before }, row] : [row];
  });
}

function isNewDay(rows: readonly (Row | DayRow)[], index: number): boolean {
  const row = rows[index];
  if (row?.type !== 'heading') return false;
  const before = rows.slice(0, index).findLast((each) => each.type === 'event');
  return before === undefined || before.type !== 'event' || formatDate(before.what.atMs) !== formatDate(row.atMs);
}
