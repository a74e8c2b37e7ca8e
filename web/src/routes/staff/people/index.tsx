import type { JSX } from 'solid-js';

import { PeoplePage } from '#web/features/people/PeoplePage.tsx';

export default function PeoplePageRoute(): JSX.Element {
  return <PeoplePage />;
}
