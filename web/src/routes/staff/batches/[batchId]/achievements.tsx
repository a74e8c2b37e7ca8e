import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { CourseAwardsPage } from '#web/features/gamification/staff/CourseAwardsPage.tsx';

export default function CourseAwardsRoute(): JSX.Element {
  const params = useParams<{ batchId: string }>();
  return <CourseAwardsPage batchId={params.batchId} />;
}
