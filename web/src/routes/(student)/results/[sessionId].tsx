import { useParams } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';

import { ResultPage } from '#web/features/results/student/ResultPage.tsx';

export default function ResultRoute(): JSX.Element {
  const params = useParams<{ sessionId: string }>();
  return <Show when={params.sessionId} keyed>{(sessionId) => <ResultPage sessionId={sessionId} />}</Show>;
}
