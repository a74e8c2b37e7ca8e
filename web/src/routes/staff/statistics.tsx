import type { JSX } from 'solid-js';

import { InstitutionPage } from '#web/features/analytics/InstitutionPage.tsx';

/** The institution in numbers. */
export default function StatisticsRoute(): JSX.Element {
  return <InstitutionPage />;
}
