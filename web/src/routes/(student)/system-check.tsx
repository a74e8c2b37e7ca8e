import type { JSX } from 'solid-js';

import { SystemCheckPage } from '#web/features/system-check/SystemCheckPage.tsx';

export default function SystemCheckRoute(): JSX.Element {
  return <SystemCheckPage />;
}
