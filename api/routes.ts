import { answerRoutes } from '#api/answers/routes.ts';
import type { Route } from '#api/http/route.ts';

/** Every route of the API, in the order in which the documentation shows them. */
export const ROUTES: readonly Route[] = [...answerRoutes];
