import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { presentNumbered, readNumber } from '#api/monitor/numbered.ts';
import { idSchema } from '#contracts/common.ts';
import {
  mailboxMailSchema, mailboxPageSchema, mailboxQuerySchema, mailChoiceSchema, mailPageSchema, mailPreviewQuery, mailPreviewSchema, mailQuerySchema,
  mailResendSchema, mailResentSchema, mailSchema, mailSummarySchema, mailTemplatesSchema, MAIL_TEMPLATES,
} from '#contracts/mail.ts';
import { chooseMails, countMails, listMails, resendAll, resendMail, wantsMails } from '#db/mail/history.ts';
import { listMailbox, selectMailboxMail } from '#db/mail/mailbox.ts';
import { selectTransport } from '#db/mail/transport.ts';
import { selectInstitution } from '#db/reports/institution.ts';
import { linkPathOf, type MailFacts, settingsPathOf, templateTexts, writeMail } from '#domain/mail/render.ts';
import { MAIL_PURPOSES, type MailTemplate } from '#domain/mail/types.ts';
import { ROLES } from '#domain/people/roles.ts';
import { Refusal } from '#domain/problem.ts';
import { z } from 'zod';

import { presentMail, presentMailboxMail, presentMailboxRow, presentMailSummary } from './present.ts';

const admin = { tag: 'mails', access: ['admin'] } as const;
const read = { ...admin, method: 'get' } as const;
const command = { ...admin, method: 'post', key: 'required' } as const;
const EXAMPLE_ID = '00000000-0000-7000-8000-000000000000';

/** The mails of the platform, for admins; and for everybody which of them they want. */
export const mailRoutes: readonly Route[] = [
  defineRoute({
    ...read, path: '/mails', summary: 'List the mails, newest first', description: 'What a mail says is not kept: it is written when it is sent.',
    query: mailQuerySchema, replies: { 200: mailPageSchema },
    async handle({ db, query: { cursor, ...filter } }) {
      return reply(200, presentPage(await listMails(db, { ...filter, after: readPosition(cursor, 'number') }), presentMail));
    },
  }),
  defineRoute({
    ...read, path: '/mails/summary', summary: 'See the queue of mails in numbers, and how the mail server does', replies: { 200: mailSummarySchema },
    async handle({ db }) {
      const [counts, server] = await Promise.all([countMails(db), selectTransport(db)]);
      return reply(200, presentMailSummary(counts, server));
    },
  }),
  defineRoute({
    ...command, path: '/mails/resend', summary: 'Queue everything again that ended badly', body: mailResendSchema, replies: { 200: mailResentSchema },
    handle: async ({ body, origin, tx }) => reply(200, { queued: await resendAll(tx, body, origin) }),
  }),
  defineRoute({
    ...command, path: '/mails/{mailId}/resend', summary: 'Send a mail again, as a new message', params: z.strictObject({ mailId: idSchema }), replies: { 200: mailSchema },
    handle: async ({ origin, params, tx }) => reply(200, presentMail(await resendMail(tx, params.mailId, origin))),
  }),
  defineRoute({
    ...read, path: '/mail-templates', summary: 'List the templates of mails', replies: { 200: mailTemplatesSchema },
    async handle({ db, deps }) {
      const { name } = await selectInstitution(db);
      return reply(200, {
        items: MAIL_TEMPLATES.map((template) => ({
          template, ...MAIL_PURPOSES[template], locales: ['en', 'de'],
          variables: Object.entries(exampleFacts(template, deps.config.publicUrl, name)).map(([variable, example]) => ({ name: variable, example: String(example) })),
        })),
      });
    },
  }),
  defineRoute({
    ...read, path: '/mail-templates/{template}/preview', summary: 'See a template filled in', params: z.strictObject({ template: z.enum(MAIL_TEMPLATES) }),
    query: mailPreviewQuery, replies: { 200: mailPreviewSchema },
    async handle({ db, deps, params: { template }, query: { locale } }) {
      const { name } = await selectInstitution(db);
      return reply(200, { ...writeMail(template, locale, exampleFacts(template, deps.config.publicUrl, name)), source: templateTexts(template, locale) });
    },
  }),
  defineRoute({
    ...read, path: '/mailbox', summary: 'List what came to the mailbox of the stack, newest first',
    description: 'The mailbox stands in for a mail server where none is set; what is sent stays there.', query: mailboxQuerySchema, replies: { 200: mailboxPageSchema },
    async handle({ db, query: { cursor, limit, q } }) {
      const rows = await listMailbox(db, { q, before: readNumber(cursor), limit: limit + 1 });
      return reply(200, presentNumbered({ items: rows.slice(0, limit), more: rows.length > limit }, (row) => row.id, presentMailboxRow));
    },
  }),
  defineRoute({
    ...read, path: '/mailbox/{number}', summary: 'Read a mail of the mailbox', params: z.strictObject({ number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
    replies: { 200: mailboxMailSchema },
    async handle({ db, params }) {
      const mail = await selectMailboxMail(db, params.number);
      if (mail === undefined) throw new Refusal('not-found', 'There is no such mail.');
      return reply(200, presentMailboxMail(mail));
    },
  }),
  defineRoute({
    method: 'get', path: '/auth/me/mails', tag: 'auth', summary: 'Read which mails the own account gets', access: ROLES, replies: { 200: mailChoiceSchema },
    handle: async ({ actor, db }) => reply(200, { optional: await wantsMails(db, actor.id) }),
  }),
  defineRoute({
    method: 'put', path: '/auth/me/mails', tag: 'auth', summary: 'Choose which mails the own account gets', description: 'Mails that one has to know of come anyway.',
    access: ROLES, body: mailChoiceSchema, replies: { 200: mailChoiceSchema },
    async handle({ actor, body, origin, tx }) {
      await chooseMails(tx, actor.id, body.optional, origin);
      return reply(200, body);
    },
  }),
];

function exampleFacts(template: MailTemplate, publicUrl: string, institution: string): MailFacts {
  return {
    name: 'Ada Lovelace', examTitle: 'Linear Algebra, final exam', count: 57, sender: institution === '' ? 'Holdfast' : institution,
    link: `${publicUrl}${linkPathOf(template, { examId: EXAMPLE_ID, sessionId: EXAMPLE_ID })}`, settingsLink: `${publicUrl}${settingsPathOf(template)}`,
  };
}
