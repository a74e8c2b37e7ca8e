import Handlebars from 'handlebars';

import { ENGLISH } from './templates/en.ts';
import { GERMAN } from './templates/de.ts';
import { MAIL_PURPOSES, type MailTemplate } from './types.ts';

/** The texts of one language; every string is a Handlebars template over `MailFacts`. */
export interface MailTexts {
  readonly frame: { readonly greeting: string; readonly signature: string; readonly essential: string; readonly optional: string };
  readonly templates: Readonly<Record<MailTemplate, { readonly subject: string; readonly body: readonly string[]; readonly action: string }>>;
}

/** What a template may say. There is no mark among it: a mail can be read by whoever has the mailbox. */
export interface MailFacts {
  readonly name: string;
  readonly examTitle: string;
  readonly count: number;
  readonly link: string;
  readonly settingsLink: string;
  readonly sender: string;
}

/** A mail as it is sent. */
export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Languages that mails are written in. */
export type MailLocale = 'en' | 'de';

const TEXTS: Readonly<Record<MailLocale, MailTexts>> = { en: ENGLISH, de: GERMAN };

// simple rules only, and nothing from elsewhere: programs for mail take little else
const HTML = `<!doctype html>
<html lang="{{locale}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{{subject}}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 16px">{{greeting}}</p>
{{#each paragraphs}}<p style="margin:0 0 16px">{{this}}</p>
{{/each}}<p style="margin:0 0 16px"><a href="{{link}}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#1f4fd8;color:#ffffff;text-decoration:none">{{action}}</a></p>
<p style="margin:0 0 24px;font-size:14px;word-break:break-all">{{link}}</p>
<p style="margin:0;padding-top:12px;border-top:1px solid #8a8f98;font-size:13px">{{signature}}<br>{{footer}}</p>
</div>
</body>
</html>
`;

const TEXT = `{{greeting}}

{{#each paragraphs}}{{this}}

{{/each}}{{action}}: {{link}}

-- 
{{signature}}
{{footer}}
`;

const compiled = new Map<string, Handlebars.TemplateDelegate>();
const writeHtml = Handlebars.compile(HTML, { strict: true });
const writeText = Handlebars.compile(TEXT, { strict: true, noEscape: true });

/** The texts of a template as they are stored. */
export function templateTexts(template: MailTemplate, locale: MailLocale): MailTexts['templates'][MailTemplate] {
  return TEXTS[locale].templates[template];
}

/** The language that somebody with this language tag gets. */
export function mailLocaleOf(tag: string): MailLocale {
  return /^de(-|$)/i.test(tag) ? 'de' : 'en';
}

/**
 * Writes one mail as text and as HTML. The facts are put in as text: what looks like HTML in a title is escaped, and a line break
 * can not begin a header of its own.
 */
export function writeMail(template: MailTemplate, locale: MailLocale, facts: MailFacts): WrittenMail {
  const { frame, templates } = TEXTS[locale];
  const { subject, body, action } = templates[template];
  const clean: MailFacts = { ...facts, name: oneLine(facts.name), examTitle: oneLine(facts.examTitle), sender: oneLine(facts.sender) };
  const fill = (text: string): string => fillOf(text)(clean);
  const parts = {
    locale, subject: fill(subject), greeting: fill(frame.greeting), paragraphs: body.map(fill), action: fill(action), link: clean.link, signature: fill(frame.signature),
    footer: fill(MAIL_PURPOSES[template].essential ? frame.essential : frame.optional),
  };
  return { subject: parts.subject, text: writeText(parts), html: writeHtml(parts) };
}

/** Where the link of a mail leads, below the address of the web app. */
export function linkPathOf(template: MailTemplate, about: { examId: string | null; sessionId: string | null }): string {
  switch (template) {
    case 'reports-ready':
      return `/staff/exams/${about.examId}/reports`;
    case 'scan-finished':
      return `/staff/exams/${about.examId}/plagiarism`;
    case 'plagiarism-notice':
      // the message stands there whether or not the result can be read
      return '/results';
    default:
      return `/results/${about.sessionId}`;
  }
}

/** Where mails of this kind are switched off. */
export function settingsPathOf(template: MailTemplate): string {
  return MAIL_PURPOSES[template].audience === 'staff' ? '/staff/account' : '/account';
}

function fillOf(text: string): Handlebars.TemplateDelegate {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  // the frame escapes; twice would show the signs of the escape
  const made = Handlebars.compile(text, { strict: true, noEscape: true });
  compiled.set(text, made);
  return made;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
