import type { JSX } from 'solid-js';

import { AuditPage } from '#web/features/audit/AuditPage.tsx';

export default function AuditRoute(): JSX.Element {
  return <AuditPage />;
}
