import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { PlagiarismPage } from '#web/features/plagiarism/PlagiarismPage.tsx';

/** Plagiarism scans of an exam. */
export default function PlagiarismRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <PlagiarismPage examId={params.examId} />;
}
