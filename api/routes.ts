import { answerRoutes } from '#api/answers/routes.ts';
import { meRoutes } from '#api/auth/me-routes.ts';
import { authRoutes } from '#api/auth/routes.ts';
import { batchRoutes } from '#api/batches/routes.ts';
import type { Route } from '#api/http/route.ts';
import { userRoutes } from '#api/users/routes.ts';

/** Every route of the API, in the order in which the documentation shows them. */
export const ROUTES: readonly Route[] = [...authRoutes, ...meRoutes, ...userRoutes, ...batchRoutes, ...answerRoutes];
