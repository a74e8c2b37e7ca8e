import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { StudentPage } from '#web/features/analytics/StudentPage.tsx';

/** How a student did from exam to exam. */
export default function StudentRoute(): JSX.Element {
  const params = useParams<{ studentId: string }>();
  return <StudentPage studentId={params.studentId} />;
}
