import type { Translator } from '@solid-primitives/i18n';

import type { ResultRow } from './api.ts';
import type { messages } from './messages.ts';

type Row = (string | number | boolean | null)[];

/** Results as a table with its heads, for a file. */
export function csvTable(rows: readonly ResultRow[], t: Translator<(typeof messages)['en']>): [string[], Row[]] {
  const yes = (value: boolean): string => (value ? t('csvYes') : t('csvNo'));
  return [
    [t('csvName'), t('csvNumber'), t('csvAttempt'), t('csvCounted'), t('csvSession'), t('csvPoints'), t('csvMax'), t('csvPercent'), t('csvGrade'), t('csvState'), t('csvPending'), t('csvWithheld')],
    rows.map((row) => [
      row.student.name, row.student.externalId, row.attempt, yes(row.counted), t(`session.${row.sessionState}`), row.points, row.maxPoints, row.percent,
      row.grade === null ? null : t(`grade.${row.grade}`), row.state, row.pendingCount, yes(row.withheld),
    ]),
  ];
}
