import type { JSX } from 'solid-js';

import { ResultsPage } from '#web/features/results/student/ResultsPage.tsx';

export default function ResultsRoute(): JSX.Element {
  return <ResultsPage />;
}
