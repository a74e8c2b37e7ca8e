import { z } from 'zod';

import { idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts';

/** Where a mail stands. */
export const MAIL_STATES = ['queued', 'sending', 'sent', 'failed', 'bounced', 'dropped'] as const;
/** Every mail that the product sends. */
export const MAIL_TEMPLATES = ['result-published', 'result-changed', 'appeal-decided', 'plagiarism-notice', 'reports-ready', 'scan-finished'] as const;
/** Why a mail is where it is. */
export const MAIL_REASONS = ['refused', 'unknown-address', 'put-off', 'server-away', 'not-sendable', 'gave-up', 'not-open', 'account-closed'] as const;
const LOCALES = ['en', 'de'] as const;

/** One mail of the history; what it says is not kept. */
export const mailSchema = z
  .object({
    id: z.string(),
    template: z.enum(MAIL_TEMPLATES),
    state: z.enum(MAIL_STATES),
    reason: z.enum(MAIL_REASONS).nullable().meta({ description: 'Of the last attempt; null when nothing went wrong.' }),
    replyCode: z.int().nullable().meta({ description: 'Last reply of the mail server.' }),
    attempts: z.int(),
    recipient: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    exam: z.object({ id: z.string(), title: z.string() }).nullable(),
    sessionId: z.string().nullable(),
    locale: z.enum(LOCALES).nullable().meta({ description: 'Language that it was written in; null until it is sent.' }),
    createdAt: instantSchema,
    nextTryAt: instantSchema.nullable().meta({ description: 'While it is queued.' }),
    sentAt: instantSchema.nullable(),
  })
  .meta({ id: 'Mail' });

/** Query of the history, newest first; `q` finds names and addresses. */
export const mailQuerySchema = z.strictObject({ ...pageQuery, state: z.enum(MAIL_STATES).optional(), template: z.enum(MAIL_TEMPLATES).optional(), examId: idSchema.optional() });

/** A page of mails. */
export const mailPageSchema = pageOf(mailSchema).meta({ id: 'MailPage' });

/** The queue in numbers, and how the server does. */
export const mailSummarySchema = z
  .object({
    counts: z.object(Object.fromEntries(MAIL_STATES.map((state) => [state, z.int()])) as Record<(typeof MAIL_STATES)[number], z.ZodInt>),
    sentLastMinute: z.int(),
    oldestQueuedAt: instantSchema.nullable(),
    server: z.object({
      kind: z.enum(['none', 'mailbox', 'smtp']).meta({ description: '`mailbox`: the one of the stack; what is sent stays there.' }),
      host: z.string().nullable(),
      seenAt: instantSchema.nullable().meta({ description: 'When a sender last looked for work.' }),
      sentAt: instantSchema.nullable(),
      error: z.string().nullable().meta({ description: 'Why no mail gets through: kind of failure, step, reply code.' }),
      errorAt: instantSchema.nullable(),
    }),
  })
  .meta({ id: 'MailSummary' });

/** Body of sending again whatever ended in one of these states. */
export const mailResendSchema = z.strictObject({ state: z.enum(['failed', 'bounced']), examId: idSchema.optional() }).meta({ id: 'MailResendInput' });

/** Answer to it. */
export const mailResentSchema = z.object({ queued: z.int() }).meta({ id: 'MailResent' });

/** What a template is for. */
export const mailTemplateSchema = z
  .object({
    template: z.enum(MAIL_TEMPLATES),
    audience: z.enum(['student', 'staff']),
    gated: z.boolean().meta({ description: 'Goes out only while the result can be read.' }),
    essential: z.boolean().meta({ description: 'Can not be switched off.' }),
    locales: z.array(z.enum(LOCALES)),
    variables: z.array(z.object({ name: z.string(), example: z.string() })),
  })
  .meta({ id: 'MailTemplate' });

/** All templates. */
export const mailTemplatesSchema = z.object({ items: z.array(mailTemplateSchema) }).meta({ id: 'MailTemplates' });

/** Query of a preview. */
export const mailPreviewQuery = z.strictObject({ locale: z.enum(LOCALES).default('en') });

/** A template with example facts. */
export const mailPreviewSchema = z.object({ subject: z.string(), text: z.string(), html: z.string(), source: z.object({ subject: z.string(), body: z.array(z.string()), action: z.string() }) }).meta({ id: 'MailPreview' });

/** Query of the mailbox, newest first. */
export const mailboxQuerySchema = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor, q: textSchema(200).optional() });

const mailboxRow = { number: z.int(), receivedAt: instantSchema, recipient: z.string(), subject: z.string() };

/** A page of the mailbox. */
export const mailboxPageSchema = pageOf(z.object(mailboxRow)).meta({ id: 'MailboxPage' });

/** A kept mail of the mailbox. */
export const mailboxMailSchema = z
  .object({
    ...mailboxRow,
    messageId: z.string().nullable(),
    sender: z.string(),
    text: z.string(),
    html: z.string().nullable(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
  })
  .meta({ id: 'MailboxMail' });

/** Which mails somebody wants; those that they have to know of come anyway. */
export const mailChoiceSchema = z.strictObject({ optional: z.boolean() }).meta({ id: 'MailChoice' });
