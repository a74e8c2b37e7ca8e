import type { JSX } from 'solid-js';

import { ExamsPage } from '#web/features/marking/overview/ExamsPage.tsx';

/** Exams with answers to mark. */
export default function MarkingExamsRoute(): JSX.Element {
  return <ExamsPage />;
}
