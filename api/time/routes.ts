import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { timeSchema } from '#contracts/sessions.ts';
import { databaseNowMs } from '#db/session/rows.ts';

/** The clock that every deadline is measured by. */
export const timeRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/time',
    tag: 'sitting',
    summary: 'The time of the server',
    description: 'The clock of the database, which decides every deadline. Measure the offset to it; a wrong clock of the device then changes nothing.',
    access: 'public',
    limit: 'sitting',
    replies: { 200: timeSchema },
    async handle({ db }) {
      return reply(200, { serverTime: new Date(await databaseNowMs(db)).toISOString() });
    },
  }),
];
