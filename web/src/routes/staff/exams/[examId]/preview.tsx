import type { JSX } from 'solid-js';

import { ExamPreviewPage } from '#web/features/exams/preview/ExamPreviewPage.tsx';

export default function ExamPreviewRoute(): JSX.Element {
  return <ExamPreviewPage />;
}
