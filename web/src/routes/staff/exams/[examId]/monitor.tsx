import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { MonitorPage } from '#web/features/monitor/MonitorPage.tsx';

/** The live monitor of an exam. */
export default function Page(): JSX.Element {
  const params = useParams<{ examId: string }>();
  return <MonitorPage examId={params.examId} />;
}
