import { For, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';

import type { ExamStatistics, ItemsStatistics } from './api.ts';
import { messages } from './messages.ts';

import './definitions.css';

/** Names of the figures on this page, by their path. */
const EXAM = {
  'sessions.graded': 'figure.sessions', 'distribution.mean': 'figure.mean', 'distribution.median': 'figure.median', 'distribution.sd': 'figure.sd', passRate: 'figure.passRate',
  'reliability.cronbachAlpha': 'figure.cronbachAlpha', 'reliability.standardizedAlpha': 'figure.standardizedAlpha', 'reliability.kr20': 'figure.kr20', 'reliability.sem': 'figure.sem',
  'reliability.meanInterItemCorrelation': 'figure.meanInterItemCorrelation', 'distribution.skewness.value': 'figure.skewnessG1', 'distribution.skewness.g1': 'figure.skewnessPopulation',
  'distribution.kurtosis.value': 'figure.kurtosisG2', 'distribution.kurtosis.g2': 'figure.kurtosisPopulation', 'irt.rasch': 'figure.rasch', 'irt.twoPl': 'figure.twoPl', 'byBatch.effectSize': 'figure.effect',
} as const;
const ITEM = {
  facility: 'item.facility', facilityAnswered: 'item.facilityAnswered', sd: 'item.sd', 'discrimination.upperLower27': 'item.upperLower27', 'discrimination.upperLowerCut27': 'item.upperLowerCut27', 'discrimination.itemRest': 'item.itemRest',
  'discrimination.itemTotal': 'item.itemTotal', 'discrimination.pointBiserial': 'item.pointBiserial', discriminativeEfficiency: 'item.efficiency', alphaIfDeleted: 'item.alpha',
  effectiveWeight: 'item.weights', medianSeconds: 'item.time', 'options.byGroup': 'item.byGroup', 'irt.rasch': 'item.rasch', 'irt.twoPl': 'item.twoPl',
} as const;

/** How every figure of the page is defined, one press away. */
export function DefinitionsCard(props: { exam: ExamStatistics['definitions']; item: ItemsStatistics['definitions'] }): JSX.Element {
  const t = useMessages(messages);
  const named = (names: Readonly<Record<string, keyof typeof messages.en>>, definitions: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
    Object.entries(names).flatMap(([path, name]) => (definitions[path] === undefined ? [] : [[t(name as 'figure.mean'), definitions[path]] as const]));
  return (
    <details class="Card Definitions">
      <summary>{t('definitions')}</summary>
      <List title={t('ofExam')} entries={named(EXAM, props.exam)} />
      <List title={t('ofItem')} entries={named(ITEM, props.item)} />
    </details>
  );
}

function List(props: { title: string; entries: readonly (readonly [string, string])[] }): JSX.Element {
  return (
    <>
      <h3>{props.title}</h3>
      <dl><For each={props.entries}>{([name, definition]) => <div><dt>{name}</dt><dd>{definition}</dd></div>}</For></dl>
    </>
  );
}
