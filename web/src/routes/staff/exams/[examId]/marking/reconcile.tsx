import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { ReconcilePage } from '#web/features/marking/overview/ReconcilePage.tsx';

/** Answers of an exam with two marks to agree on. */
export default function ReconcileRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <ReconcilePage examId={params.examId} />;
}
