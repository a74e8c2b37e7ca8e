import Medal from 'lucide-solid/icons/medal';
import { createEffect, For, on, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { StudentPage } from '#web/ui/StudentShell.tsx';

import { loadOwnAchievements, noteSeen, type OwnCourse } from '../api.ts';
import { messages } from '../messages.ts';
import { BadgeSection } from './BadgeSection.tsx';
import { Choices } from './Choices.tsx';
import { LeaderboardCard } from './LeaderboardCard.tsx';

import './achievements.css';

/** Points, badges and leaderboards of the student, course by course. */
export function AchievementsPage(): JSX.Element {
  const t = useMessages(messages);
  const own = createLoad(() => true, (_, signal) => loadOwnAchievements(signal));
  createTitle(() => t('achievements'));
  // new badges are new on this visit only; what this page shows stays as it is
  createEffect(on(own.value, (found) => {
    for (const { badges, batchId } of found?.courses ?? []) {
      const fresh = badges.filter(({ isNew }) => isNew).map(({ badge }) => badge);
      if (fresh.length > 0) noteSeen(batchId, fresh).catch(() => undefined);
    }
  }));
  return (
    <StudentPage class="Achievements">
      <PageHeader title={t('achievements')} sub={t('intro')} />
      <Show when={own.value()} fallback={<Show when={own.error()} fallback={<Skeleton kind="block" count={2} height="260px" />}>{(error) => <ProblemView problem={error()} title={t('loadFailed')} busy={own.isLoading()} onRetry={own.reload} />}</Show>}>
        {(found) => (
          <>
            <For each={found().courses} fallback={<EmptyState icon={Medal} title={t('offTitle')} action={<Button href="/results">{t('seeResults')}</Button>}>{t('offHelp')}</EmptyState>}>
              {(course) => <CourseSection course={course} optedOut={found().preferences.optedOut} />}
            </For>
            <Show when={found().courses.some(({ periods }) => periods.length > 0) || found().preferences.optedOut}>
              <Choices preferences={found().preferences} onSaved={own.reload} />
            </Show>
          </>
        )}
      </Show>
    </StudentPage>
  );
}

function CourseSection(props: { course: OwnCourse; optedOut: boolean }): JSX.Element {
  const t = useMessages(messages);
  const hasBoard = (): boolean => props.course.points !== null && (props.optedOut || props.course.periods.length > 0);
  return (
    <section class="CourseAwards" aria-labelledby={`course-${props.course.batchId}`}>
      <div class="CourseAwards__head">
        <h2 id={`course-${props.course.batchId}`} dir="auto">{props.course.name}</h2>
        <Show when={props.course.points}>
          {(points) => (
            <p class="CourseAwards__points"><b>{points().total}</b> {t('points', points().total)} <span class="soft">{t('fromExams', points().exams)}</span></p>
          )}
        </Show>
      </div>
      <div class="CourseAwards__parts" data-alone={hasBoard() ? undefined : ''}>
        <BadgeSection badges={props.course.badges} />
        <Show when={hasBoard()}><LeaderboardCard batchId={props.course.batchId} name={props.course.name} periods={props.course.periods} /></Show>
      </div>
      <Show when={props.course.points !== null}><p class="CourseAwards__note small soft">{t('pointsHelp')}</p></Show>
    </section>
  );
}
