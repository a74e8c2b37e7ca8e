import type { JSX } from 'solid-js';

import { ExamListPage } from '#web/features/exams/list/ExamListPage.tsx';

export default function ExamListRoute(): JSX.Element {
  return <ExamListPage />;
}
