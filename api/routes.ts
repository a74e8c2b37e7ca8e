import { adminRoutes } from '#api/admin/routes.ts';
import { answerRoutes } from '#api/answers/routes.ts';
import { appealFileRoute } from '#api/appeals/file-route.ts';
import { appealRoutes } from '#api/appeals/routes.ts';
import { meRoutes } from '#api/auth/me-routes.ts';
import { authRoutes } from '#api/auth/routes.ts';
import { batchRoutes } from '#api/batches/routes.ts';
import { assignmentRoutes } from '#api/exams/assignment-routes.ts';
import { publicationRoutes } from '#api/exams/publication-routes.ts';
import { examCalendarRoute } from '#api/exams/calendar-route.ts';
import { examDraftRoutes } from '#api/exams/draft-routes.ts';
import { examRoutes } from '#api/exams/routes.ts';
import { gamificationRoutes } from '#api/gamification/staff-routes.ts';
import { ownAchievementRoutes } from '#api/gamification/student-routes.ts';
import { gradeScaleRoutes } from '#api/grade-scales/routes.ts';
import { helpRequestRoutes } from '#api/help-requests/routes.ts';
import type { Route } from '#api/http/route.ts';
import { mailRoutes } from '#api/mails/routes.ts';
import { markingAnswerRoutes } from '#api/marking/answer-routes.ts';
import { markingFileRoute } from '#api/marking/file-route.ts';
import { markingRoutes } from '#api/marking/routes.ts';
import { rubricRoutes } from '#api/marking/rubric-routes.ts';
import { mediaRoutes } from '#api/media/routes.ts';
import { monitorRoutes } from '#api/monitor/routes.ts';
import { plagiarismNoticeRoutes } from '#api/plagiarism/notice-routes.ts';
import { plagiarismRoutes } from '#api/plagiarism/routes.ts';
import { publicConfigRoutes } from '#api/public-config/routes.ts';
import { questionImportRoutes } from '#api/question-imports/routes.ts';
import { questionRoutes } from '#api/questions/routes.ts';
import { institutionRoutes } from '#api/reports/institution-routes.ts';
import { ownReportRoutes } from '#api/reports/own-routes.ts';
import { reportRoutes } from '#api/reports/routes.ts';
import { reportRunRoutes } from '#api/reports/run-routes.ts';
import { regradeRoutes } from '#api/regrades/routes.ts';
import { resultRoutes } from '#api/results/routes.ts';
import { resultsSummaryRoutes } from '#api/results/summary-routes.ts';
import { runRoutes } from '#api/runs/routes.ts';
import { sessionCommandRoutes } from '#api/session-commands/routes.ts';
import { sessionReviewRoutes } from '#api/session-review/routes.ts';
import { sessionRoutes } from '#api/sessions/routes.ts';
import { statisticsRoutes } from '#api/statistics/routes.ts';
import { streamRoutes } from '#api/stream/routes.ts';
import { timeChangeRoutes } from '#api/time-changes/routes.ts';
import { timeRoutes } from '#api/time/routes.ts';
import { userRoutes } from '#api/users/routes.ts';

/** Every route of the API, in the order in which the documentation shows them. */
export const ROUTES: readonly Route[] = [
  ...publicConfigRoutes, ...authRoutes, ...meRoutes, ...userRoutes, ...batchRoutes,
  ...questionRoutes, ...questionImportRoutes, ...mediaRoutes,
  ...examRoutes, ...examDraftRoutes, examCalendarRoute, ...publicationRoutes, ...assignmentRoutes,
  ...sessionRoutes, ...answerRoutes, ...streamRoutes, ...timeRoutes,
  ...timeChangeRoutes, ...sessionCommandRoutes, ...monitorRoutes, ...helpRequestRoutes, ...sessionReviewRoutes,
  ...reportRoutes, ...reportRunRoutes, ...ownReportRoutes, ...institutionRoutes,
  ...markingRoutes, ...markingAnswerRoutes, markingFileRoute, ...rubricRoutes,
  ...resultRoutes, ...resultsSummaryRoutes, ...statisticsRoutes, ...gradeScaleRoutes, ...regradeRoutes, ...appealRoutes, appealFileRoute, ...runRoutes, ...plagiarismRoutes, ...plagiarismNoticeRoutes, ...gamificationRoutes, ...ownAchievementRoutes, ...mailRoutes, ...adminRoutes,
];
