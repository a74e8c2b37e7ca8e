import { describe, expect, test } from 'vitest';

import { linkPathOf, type MailFacts, mailLocaleOf, writeMail } from './render.ts';
import { MAIL_PURPOSES, type MailTemplate } from './types.ts';

const FACTS: MailFacts = {
  name: 'Ada', examTitle: 'Algebra', count: 12, link: 'https://exams.example.edu/results/1', settingsLink: 'https://exams.example.edu/account', sender: 'A University',
};
const TEMPLATES = Object.keys(MAIL_PURPOSES) as MailTemplate[];

describe('a mail', () => {
  test.each(TEMPLATES.flatMap((template) => [[template, 'en'], [template, 'de']] as const))('%s in %s has its facts in text and in HTML, and nothing left to fill in', (template, locale) => {
    const { subject, text, html } = writeMail(template, locale, FACTS);
    expect(subject).toContain('Algebra');
    for (const body of [text, html]) {
      for (const part of ['Ada', 'Algebra', FACTS.link, 'A University']) expect(body).toContain(part);
      expect(body).not.toMatch(/\{\{|undefined|null/);
    }
    expect(html).toContain(`<html lang="${locale}">`);
    // no pixel, no picture, no script: nothing tells anybody that it was opened
    expect(html).not.toMatch(/<(img|script|link|iframe)|url\(/i);
    expect(text.includes(FACTS.settingsLink)).toBe(!MAIL_PURPOSES[template].essential);
  });

  test('shows a title and a name that look like HTML or like a template as they are, and carries them out as nothing', () => {
    const { subject, text, html } = writeMail('result-published', 'en', { ...FACTS, examTitle: '<img src=x> & {{secret}}', name: '"><script>1</script>' });
    expect(subject).toBe('Your result can be read: <img src=x> & {{secret}}');
    expect(text).toContain('“<img src=x> & {{secret}}”');
    expect(html).toContain('&lt;img src');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('&amp;amp;');
  });

  test('keeps a line break in a title from beginning a header', () => {
    expect(writeMail('result-published', 'en', { ...FACTS, examTitle: 'A\r\nBcc: all@example.edu\u2028B' }).subject).toBe('Your result can be read: A Bcc: all@example.edu B');
  });

  test('refuses a template with a fact that is not there', () => {
    const { sender: _left, ...less } = FACTS;
    expect(() => writeMail('result-published', 'en', less as MailFacts)).toThrow();
  });
});

test('languages of the accounts become languages of the mails', () => {
  expect(['de', 'de-CH', 'DE-at', 'en', 'den', 'fr'].map(mailLocaleOf)).toEqual(['de', 'de', 'de', 'en', 'en', 'en']);
});

test('links lead students to their result and staff to the work', () => {
  expect(linkPathOf('appeal-decided', { examId: 'e', sessionId: 's' })).toBe('/results/s');
  expect(linkPathOf('plagiarism-notice', { examId: 'e', sessionId: 's' })).toBe('/results');
  expect(linkPathOf('reports-ready', { examId: 'e', sessionId: null })).toBe('/staff/exams/e/reports');
});
