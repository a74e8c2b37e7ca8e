import type { IncidentRow } from '#db/monitor/incidents.ts';
import type { ReportExam } from '#db/reports/source.ts';

import type { Part, ReportDocument } from './document.ts';
import { windowOf } from './facts.ts';
import { observedName } from './names.ts';
import { breakable } from './text/blocks.ts';
import type { Speech } from './words.ts';

/** What exam pages noticed while an exam was sat. */
export function incidentDocument(exam: ReportExam, found: { readonly items: readonly IncidentRow[]; readonly more: boolean }, speech: Speech): ReportDocument {
  const { words } = speech;
  const { items, more } = found;
  return {
    title: `${words.incidentReport}: ${exam.title}`,
    heading: breakable(exam.title),
    sub: words.incidentReport,
    body: [
      { n: 'facts', items: windowOf(exam, speech) },
      { n: 'text', text: items.length === 0 ? words.noIncidents : words.incidentsHelp },
      ...(items.length === 0 ? [] : tables(items, speech)),
      ...(more ? [{ n: 'text', text: speech.say('more', { count: items.length }) } as const] : []),
    ],
  };
}

function tables(items: readonly IncidentRow[], speech: Speech): Part[] {
  const { words } = speech;
  const column = (label: string, width: number | null, end = false) => ({ label, width, end });
  const byKind = [...Map.groupBy(items, (item) => item.kind)].map(([kind, of]) => ({
    kind, times: of.reduce((sum, item) => sum + item.count, 0), students: new Set(of.map((item) => item.student.id)).size,
  })).sort((a, b) => b.times - a.times);
  const hasNumbers = items.some((item) => item.student.externalId !== null);
  return [
    { n: 'heading', text: words.byKind },
    {
      n: 'table',
      columns: [column(words.kind, 1), column(words.times, null, true), column(words.students, null, true)],
      rows: byKind.map(({ kind, times, students }) => [observedName(kind, speech), String(times), String(students)]),
    },
    { n: 'heading', text: words.incidents },
    { n: 'text', text: speech.say('zone', { zone: speech.zone }) },
    {
      n: 'table',
      columns: [column(words.from, null), column(words.student, 5), ...(hasNumbers ? [column(words.number, 2)] : []), column(words.kind, 4), column(words.times, null, true)],
      rows: items.map((item) => [
        speech.when(item.firstAtMs), breakable(item.student.name), ...(hasNumbers ? [breakable(item.student.externalId ?? '')] : []), observedName(item.kind, speech), String(item.count),
      ]),
    },
  ];
}
