import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { ReportsPage } from '#web/features/reports/ReportsPage.tsx';

/** The PDF reports of an exam. */
export default function ReportsRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <ReportsPage examId={params.examId} />;
}
