import { A } from '@solidjs/router';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';

import type { Cluster } from './api.ts';
import { circlePlaces } from './matches.ts';
import { messages } from './messages.ts';
import { oneDigit } from './numbers.ts';
import { PairStateMark } from './PairStateMark.tsx';

const SIZE = 260;
const MARGIN = 34;
/** More lines than this are thin and let each other through. */
const MANY = 40;
/** Pairs that show at first. */
const FIRST = 8;

/** One group: its students in a graph, and its pairs in a table beside it. A student who is picked in the graph narrows the table. */
export function Group(props: { examId: string; group: Cluster; number: number }): JSX.Element {
  const t = useMessages(messages);
  const [picked, setPicked] = createSignal<string>();
  const [showsAll, setShowsAll] = createSignal(false);
  const numbers = createMemo(() => new Map(props.group.sessions.map(({ sessionId }, index) => [sessionId, index + 1])));
  const nameOf = (sessionId: string): string => props.group.sessions[numbers().get(sessionId)! - 1]!.student.name;
  const places = createMemo(() => circlePlaces(props.group.sessions.length, SIZE, MARGIN));
  const placeOf = (sessionId: string) => places()[numbers().get(sessionId)! - 1]!;
  const isOf = (edge: Cluster['edges'][number]): boolean => picked() === undefined || edge.a === picked() || edge.b === picked();
  const edges = createMemo(() => props.group.edges.filter(isOf));
  const shown = () => (showsAll() ? edges() : edges().slice(0, FIRST));
  const pick = (sessionId: string): unknown => setPicked((before) => (before === sessionId ? undefined : sessionId));
  return (
    <section class="Group" aria-label={t('groupName', { number: props.number, count: props.group.sessions.length })}>
      <h3>{t('groupName', { number: props.number, count: props.group.sessions.length })}</h3>
      <div class="Group__columns">
        <svg class="Group__graph" viewBox={`0 0 ${SIZE} ${SIZE}`} role="group" aria-label={t('groupGraph', { number: props.number, count: props.group.sessions.length, edges: props.group.edges.length })}>
          <For each={props.group.edges}>
            {(edge) => <line data-state={edge.state} data-faint={isOf(edge) ? undefined : ''} x1={placeOf(edge.a).x} y1={placeOf(edge.a).y} x2={placeOf(edge.b).x} y2={placeOf(edge.b).y} data-many={props.group.edges.length > MANY ? '' : undefined} stroke-width={1 + (props.group.edges.length > MANY ? 1 : 4) * (edge.score / Math.max(1e-9, props.group.maxScore))} />}
          </For>
          <For each={props.group.sessions}>
            {(side, index) => (
              <g
                class="Group__node" role="button" tabindex="0" aria-pressed={picked() === side.sessionId} aria-label={t('groupNode', { number: index() + 1, name: side.student.name })}
                onClick={() => pick(side.sessionId)}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' && event.key !== ' ') return;
                  event.preventDefault();
                  pick(side.sessionId);
                }}
              >
                <title>{side.student.name}</title>
                <circle cx={places()[index()]!.x} cy={places()[index()]!.y} r="13" />
                <text x={places()[index()]!.x} y={places()[index()]!.y + 4.5} text-anchor="middle">{index() + 1}</text>
              </g>
            )}
          </For>
        </svg>
        <div class="Group__lists">
          <p class="small soft" role="status">{picked() === undefined ? t('groupAll', { count: edges().length }) : t('groupOf', { count: edges().length, name: nameOf(picked()!) })}</p>
          <table class="Group__table">
            <thead><tr><th scope="col">{t('colPair')}</th><th scope="col" class="num">{t('colScore')}</th><th scope="col">{t('colState')}</th></tr></thead>
            <tbody>
              <For each={shown()}>
                {(edge) => (
                  <tr>
                    <th scope="row">
                      <A href={`/staff/exams/${props.examId}/plagiarism/${edge.pairId}`} title={t('pairName', { a: nameOf(edge.a), b: nameOf(edge.b) })}>
                        <span class="Group__name" dir="auto">{numbers().get(edge.a)}. {nameOf(edge.a)}</span>
                        <span class="visually-hidden"> {t('and')} </span>
                        <span class="Group__name" dir="auto">{numbers().get(edge.b)}. {nameOf(edge.b)}</span>
                      </A>
                    </th>
                    <td class="num">{oneDigit(edge.score)}</td>
                    <td><PairStateMark state={edge.state} /></td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
          <Show when={edges().length > FIRST}><Button size="small" kind="quiet" onClick={() => setShowsAll(!showsAll())}>{showsAll() ? t('groupLess') : t('groupMore', { count: edges().length })}</Button></Show>
        </div>
      </div>
    </section>
  );
}
