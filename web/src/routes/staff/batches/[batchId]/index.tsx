import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { BatchPage } from '#web/features/people/BatchPage.tsx';

export default function BatchPageRoute(): JSX.Element {
  const params = useParams<{ batchId: string }>();
  return <BatchPage batchId={params.batchId} />;
}
