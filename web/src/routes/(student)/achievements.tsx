import type { JSX } from 'solid-js';

import { AchievementsPage } from '#web/features/gamification/student/AchievementsPage.tsx';

export default function AchievementsRoute(): JSX.Element {
  return <AchievementsPage />;
}
