import type { JSX } from 'solid-js';

import { ExamSummaryPage } from '#web/features/exams/summary/ExamSummaryPage.tsx';

export default function ExamSummaryRoute(): JSX.Element {
  return <ExamSummaryPage />;
}
