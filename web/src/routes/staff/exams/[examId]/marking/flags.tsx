import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { FlagsPage } from '#web/features/marking/overview/FlagsPage.tsx';

/** Answers of an exam that were set aside for discussion. */
export default function FlagsRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <FlagsPage examId={params.examId} />;
}
