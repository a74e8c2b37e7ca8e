import type { JSX } from 'solid-js';

import { BuilderPage } from '#web/features/exams/builder/BuilderPage.tsx';

export default function EditExamRoute(): JSX.Element {
  return <BuilderPage />;
}
