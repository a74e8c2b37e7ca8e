import { useParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { RubricPage } from '#web/features/marking/rubric/RubricPage.tsx';

/** The rubric of an item. */
export default function RubricRoute(): JSX.Element {
  const params = useParams<{ examId: string; itemId: string }>();
  return <RubricPage examId={params.examId} itemId={params.itemId} />;
}
