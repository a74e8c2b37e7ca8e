import type { JSX } from 'solid-js';

import { OverviewPage } from '#web/features/overview/OverviewPage.tsx';

/** What runs, comes and is over. */
export default function Page(): JSX.Element {
  return <OverviewPage />;
}
