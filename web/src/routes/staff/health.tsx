import type { JSX } from 'solid-js';

import { HealthPage } from '#web/features/health/HealthPage.tsx';

/** How the platform is. */
export default function HealthRoute(): JSX.Element {
  return <HealthPage />;
}
