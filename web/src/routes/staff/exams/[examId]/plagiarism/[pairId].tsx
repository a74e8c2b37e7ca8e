import { useParams } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';

import { PairPage } from '#web/features/plagiarism/PairPage.tsx';

/** Two sessions side by side. */
export default function PairRoute(): JSX.Element {
  const params = useParams<{ examId: string; pairId: string }>();
  return <Show when={params.pairId} keyed>{(pairId) => <PairPage examId={params.examId} pairId={pairId} />}</Show>;
}
