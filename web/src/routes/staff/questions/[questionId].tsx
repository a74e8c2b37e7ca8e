import type { JSX } from 'solid-js';

import { QuestionPage } from '#web/features/questions/editor/QuestionPage.tsx';

export default function QuestionRoute(): JSX.Element {
  return <QuestionPage />;
}
