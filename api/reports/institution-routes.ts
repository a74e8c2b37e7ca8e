import { defineRoute, demandVersion, reply, type Route } from '#api/http/route.ts';
import { institutionInSchema, institutionSchema } from '#contracts/reports.ts';
import { lockInstitution, selectInstitution, updateInstitution } from '#db/reports/institution.ts';

import { presentInstitution } from './present.ts';

/** How the institution appears on reports and what its exams grade with. */
export const institutionRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/admin/institution', tag: 'admin', summary: 'Read how the institution appears on reports and what its exams grade with', access: ['admin'], replies: { 200: institutionSchema },
    async handle({ db }) {
      const institution = await selectInstitution(db);
      return reply(200, presentInstitution(institution), { etag: institution.version });
    },
  }),
  defineRoute({
    method: 'put', path: '/admin/institution', tag: 'admin', summary: 'Change how the institution appears on reports and what its exams grade with', access: ['admin'], ifMatch: 'required',
    description: 'Reports that were made before stay as they are, and so do the grades of exams that were published before.',
    body: institutionInSchema, replies: { 200: institutionSchema },
    async handle({ body, ifMatch, origin, tx }) {
      demandVersion(ifMatch, (await lockInstitution(tx)).version);
      const institution = await updateInstitution(tx, origin, body);
      return reply(200, presentInstitution(institution), { etag: institution.version });
    },
  }),
];
