import type { JSX } from 'solid-js';

import { NewQuestionPage } from '#web/features/questions/editor/QuestionPage.tsx';

export default function NewQuestionRoute(): JSX.Element {
  return <NewQuestionPage />;
}
