import { useParams } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';

import { SittingPage } from '#web/features/session/SittingPage.tsx';

export default function SitRoute(): JSX.Element {
  const params = useParams<{ sessionId: string }>();
  return <Show when={params.sessionId} keyed>{(sessionId) => <SittingPage sessionId={sessionId} />}</Show>;
}
