import type { Route } from '#api/http/route.ts';
import { fileRoutes } from '#api/sessions/files.ts';
import { handInRoutes } from '#api/sessions/hand-in.ts';
import { ownResultRoute } from '#api/sessions/own-results.ts';
import { reportRoutes } from '#api/sessions/report.ts';
import { resultRoutes } from '#api/sessions/result.ts';
import { sitRoutes } from '#api/sessions/sit.ts';
import { timelineRoutes } from '#api/sessions/timeline.ts';

/** Everything that a student does in a session, and what may be read of it. */
export const sessionRoutes: readonly Route[] = [...sitRoutes, ...handInRoutes, ...reportRoutes, ...fileRoutes, ...timelineRoutes, ...resultRoutes, ownResultRoute];
