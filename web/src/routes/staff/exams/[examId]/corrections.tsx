import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { CorrectionsPage } from '#web/features/corrections/CorrectionsPage.tsx';

/** Corrections of an exam. */
export default function CorrectionsRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <CorrectionsPage examId={params.examId} />;
}
