import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { MarkingPage } from '#web/features/marking/overview/MarkingPage.tsx';

/** Marking of an exam at one look. */
export default function MarkingRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <MarkingPage examId={params.examId} />;
}
