import { useParams } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';

import { ExamEntryPage } from '#web/features/exams/student/ExamEntryPage.tsx';

export default function ExamEntryRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <Show when={params.examId} keyed>{(examId) => <ExamEntryPage examId={examId} />}</Show>;
}
