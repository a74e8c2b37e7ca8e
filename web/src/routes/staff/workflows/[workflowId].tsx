import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { WorkflowPage } from '#web/features/workflows/WorkflowPage.tsx';

/** One workflow. */
export default function WorkflowRoute(): JSX.Element {
  const params = useParams<{ workflowId: string }>();
  return <WorkflowPage workflowId={params.workflowId} />;
}
