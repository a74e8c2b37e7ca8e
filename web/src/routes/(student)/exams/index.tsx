import type { JSX } from 'solid-js';

import { MyExams } from '#web/features/exams/student/MyExams.tsx';

export default function MyExamsRoute(): JSX.Element {
  return <MyExams />;
}
