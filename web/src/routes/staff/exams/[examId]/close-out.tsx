import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { CloseOutPage } from '#web/features/close-out/CloseOutPage.tsx';

/** The close-out of an exam. */
export default function CloseOutRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <CloseOutPage examId={params.examId} />;
}
