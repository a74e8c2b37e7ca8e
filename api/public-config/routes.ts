import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { publicConfigSchema } from '#contracts/operations.ts';

/** What pages need to know before anybody has logged in. */
export const publicConfigRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/config', tag: 'auth', summary: 'What log-in pages show', access: 'public',
    replies: { 200: publicConfigSchema },
    handle({ deps }) {
      const { registration, institution, version } = deps.config;
      return Promise.resolve(reply(200, { registration, institution: { name: institution }, version }));
    },
  }),
];
