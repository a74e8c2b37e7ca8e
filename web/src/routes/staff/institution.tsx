import type { JSX } from 'solid-js';

import { InstitutionPage } from '#web/features/institution/InstitutionPage.tsx';

/** How the institution appears, for admins. */
export default function InstitutionRoute(): JSX.Element {
  return <InstitutionPage />;
}
