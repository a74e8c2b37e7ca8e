import type { z } from 'zod';

import type {
  mailboxMailSchema, mailboxPageSchema, mailPageSchema, mailPreviewSchema, mailResentSchema, mailSchema, mailSummarySchema, mailTemplatesSchema,
} from '#contracts/mail.ts';
import { request } from '#web/lib/http.ts';

/** One mail of the history. */
export type Mail = z.output<typeof mailSchema>;
/** The queue in numbers, and how the server does. */
export type MailSummary = z.output<typeof mailSummarySchema>;
/** A template and what it is for. */
export type MailTemplate = z.output<typeof mailTemplatesSchema>['items'][number];
/** A template filled in. */
export type MailPreview = z.output<typeof mailPreviewSchema>;
/** A mail that came to the mailbox. */
export type MailboxMail = z.output<typeof mailboxMailSchema>;
/** The same in its list. */
export type MailboxRow = z.output<typeof mailboxPageSchema>['items'][number];

/** What the history is narrowed by. */
export interface MailQuery {
  readonly q: string;
  readonly state: Mail['state'] | undefined;
  readonly template: Mail['template'] | undefined;
  readonly examId: string | undefined;
}

/** A page of the history, newest first. */
export function listMails(query: MailQuery, cursor: string | undefined, signal: AbortSignal): Promise<z.output<typeof mailPageSchema>> {
  return request('GET', '/mails', { query: { ...query, cursor, limit: 50 }, signal });
}

/** Reads the queue in numbers. */
export function readSummary(signal: AbortSignal): Promise<MailSummary> {
  return request('GET', '/mails/summary', { signal });
}

/** Sends a mail again. @throws ApiProblem state-conflict while it is on its way */
export function resendMail(id: string, key: string): Promise<Mail> {
  return request('POST', `/mails/${id}/resend`, { body: {}, key });
}

/** Queues everything again that ended so. */
export function resendAll(state: 'failed' | 'bounced', key: string): Promise<z.output<typeof mailResentSchema>> {
  return request('POST', '/mails/resend', { body: { state }, key });
}

/** Reads the templates. */
export async function listTemplates(signal: AbortSignal): Promise<readonly MailTemplate[]> {
  return (await request<z.output<typeof mailTemplatesSchema>>('GET', '/mail-templates', { signal })).items;
}

/** Reads a template filled in. */
export function readPreview(of: { template: Mail['template']; locale: 'en' | 'de' }, signal: AbortSignal): Promise<MailPreview> {
  return request('GET', `/mail-templates/${of.template}/preview`, { query: { locale: of.locale }, signal });
}

/** A page of the mailbox, newest first. */
export function listMailbox(q: string, cursor: string | undefined, signal: AbortSignal): Promise<z.output<typeof mailboxPageSchema>> {
  return request('GET', '/mailbox', { query: { q, cursor, limit: 50 }, signal });
}

/** Reads a mail of the mailbox. */
export function readMailboxMail(number: number, signal: AbortSignal): Promise<MailboxMail> {
  return request('GET', `/mailbox/${number}`, { signal });
}
