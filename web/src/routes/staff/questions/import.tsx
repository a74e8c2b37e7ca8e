import type { JSX } from 'solid-js';

import { ImportPage } from '#web/features/questions/import/ImportPage.tsx';

export default function ImportRoute(): JSX.Element {
  return <ImportPage />;
}
