import type { JSX } from 'solid-js';

import { PracticePage } from '#web/features/practice/PracticePage.tsx';

export default function PracticeRoute(): JSX.Element {
  return <PracticePage />;
}
