import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { AppealsPage } from '#web/features/appeals/AppealsPage.tsx';

/** Appeals against the results of an exam. */
export default function AppealsRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <AppealsPage examId={params.examId} />;
}
