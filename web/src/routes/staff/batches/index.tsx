import type { JSX } from 'solid-js';

import { BatchesPage } from '#web/features/people/BatchesPage.tsx';

export default function BatchesPageRoute(): JSX.Element {
  return <BatchesPage />;
}
