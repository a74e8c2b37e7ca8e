import { A } from '@solidjs/router';
import { For, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { type Cluster, loadClusters } from './api.ts';
import { circlePlaces } from './matches.ts';
import { messages } from './messages.ts';
import { oneDigit } from './numbers.ts';
import { PairStateMark } from './PairStateMark.tsx';

const SIZE = 260;
const MARGIN = 34;

/** Groups of students that flagged pairs join: a graph, and the same as a table. */
export function Groups(props: { examId: string; runId: string }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.runId, loadClusters);
  return (
    <Card title={t('groups')}>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="200px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(groups) => (
          <Show when={groups().length > 0} fallback={<p class="small soft">{t('noGroups')}</p>}>
            <p class="small soft">{t('groupHelp')}</p>
            <For each={groups()}>{(group, index) => <Group examId={props.examId} group={group} number={index() + 1} />}</For>
          </Show>
        )}
      </Show>
    </Card>
  );
}

function Group(props: { examId: string; group: Cluster; number: number }): JSX.Element {
  const t = useMessages(messages);
  const nameOf = (sessionId: string): string => props.group.sessions.find((side) => side.sessionId === sessionId)?.student.name ?? '';
  const places = (): ReadonlyMap<string, { readonly x: number; readonly y: number }> => {
    const spots = circlePlaces(props.group.sessions.length, SIZE, MARGIN);
    return new Map(props.group.sessions.map(({ sessionId }, index) => [sessionId, spots[index]!]));
  };
  return (
    <section class="Group">
      <h3>{t('groupName', { number: props.number, count: props.group.sessions.length })}</h3>
      <div class="Group__columns">
        <svg class="Group__graph" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={t('groupGraph', { number: props.number, count: props.group.sessions.length, edges: props.group.edges.length })}>
          <For each={props.group.edges}>
            {(edge) => <line data-state={edge.state} x1={places().get(edge.a)?.x} y1={places().get(edge.a)?.y} x2={places().get(edge.b)?.x} y2={places().get(edge.b)?.y} stroke-width={1 + 4 * (edge.score / Math.max(1e-9, props.group.maxScore))} />}
          </For>
          <For each={props.group.sessions}>
            {(side, index) => {
              const at = () => places().get(side.sessionId)!;
              return <g><circle cx={at().x} cy={at().y} r="13" /><text x={at().x} y={at().y + 4.5} text-anchor="middle">{index() + 1}</text></g>;
            }}
          </For>
        </svg>
        <div class="Group__lists">
          <ol class="Group__names"><For each={props.group.sessions}>{(side) => <li dir="auto">{side.student.name}</li>}</For></ol>
          <table class="Group__table">
            <thead><tr><th scope="col">{t('colPair')}</th><th scope="col" class="num">{t('colScore')}</th><th scope="col">{t('colState')}</th></tr></thead>
            <tbody>
              <For each={props.group.edges}>
                {(edge) => (
                  <tr>
                    <th scope="row"><A href={`/staff/exams/${props.examId}/plagiarism/${edge.pairId}`}>{t('pairName', { a: nameOf(edge.a), b: nameOf(edge.b) })}</A></th>
                    <td class="num">{oneDigit(edge.score)}</td>
                    <td><PairStateMark state={edge.state} /></td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}
