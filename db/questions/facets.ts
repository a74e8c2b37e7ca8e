import { raw } from 'objection';

import { type Runner, runnerOf } from '#db/models/runner.ts';
import { QuestionVersionModel } from '#db/models/question-version.ts';

import { joinedQuery, narrow, type QuestionFilter } from './questions.ts';

/** A value and how many questions have it. */
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/** What a list can be narrowed by further: values under the other filters. */
export type QuestionFacets = Readonly<Record<'types' | 'tags' | 'subjects' | 'topics' | 'difficulties', readonly Facet[]>>;

/** Most values of one facet. */
const FACET_LIMIT = 200;
const FACETS: Readonly<Record<keyof QuestionFacets, { readonly filter: keyof QuestionFilter; readonly value: string }>> = {
  types: { filter: 'type', value: 'question_versions.type' },
  tags: { filter: 'tag', value: 'unnest(question_versions.tags)' },
  subjects: { filter: 'subject', value: "nullif(question_versions.subject, '')" },
  topics: { filter: 'topic', value: "nullif(question_versions.topic, '')" },
  difficulties: { filter: 'difficulty', value: 'question_versions.difficulty' },
};

/** Counts the values of each facet under the other filters, the most used first. */
export async function countFacets(runner: Runner, filter: QuestionFilter): Promise<QuestionFacets> {
  const found: [string, readonly Facet[]][] = [];
  for (const [name, facet] of Object.entries(FACETS)) {
    const values = narrow(joinedQuery(runner, false), { ...filter, [facet.filter]: undefined }).select(raw(facet.value).as('value'));
    const rows = await QuestionVersionModel.query(runnerOf(runner))
      .with('found', values).from('found').whereNotNull('value').groupBy('value').select('value', raw('count(*)').as('count'))
      .orderByRaw('count(*) desc, value').limit(FACET_LIMIT);
    found.push([name, rows as unknown as Facet[]]);
  }
  return Object.fromEntries(found.map(([name, facets]) => [name, facets.map(({ value, count }) => ({ value, count }))])) as unknown as QuestionFacets;
}
