import type { JSX } from 'solid-js';

import { ImportPeoplePage } from '#web/features/people/ImportPeoplePage.tsx';

export default function ImportPeoplePageRoute(): JSX.Element {
  return <ImportPeoplePage />;
}
