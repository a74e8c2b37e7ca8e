import type { JSX } from 'solid-js';

import { QuestionListPage } from '#web/features/questions/list/QuestionListPage.tsx';

export default function QuestionListRoute(): JSX.Element {
  return <QuestionListPage />;
}
