import type { MailTexts } from '../render.ts';

/** The mails in English. */
export const ENGLISH: MailTexts = {
  frame: {
    greeting: 'Hello {{name}},',
    signature: '{{sender}}',
    essential: 'You get this mail because you have to know of it.',
    optional: 'You can switch mails like this one off in your account: {{settingsLink}}',
  },
  templates: {
    'result-published': {
      subject: 'Your result can be read: {{examTitle}}',
      body: ['The results of “{{examTitle}}” are published. You can read yours after logging in.'],
      action: 'Read the result',
    },
    'result-changed': {
      subject: 'Your result was changed: {{examTitle}}',
      body: ['“{{examTitle}}” was marked again, and your result is not the same as before. It shows what was changed.'],
      action: 'Read the result',
    },
    'appeal-decided': {
      subject: 'Your appeal is decided: {{examTitle}}',
      body: ['Somebody looked at your appeal about “{{examTitle}}” and decided it. The decision and its reason stand beside your result.'],
      action: 'Read the decision',
    },
    'plagiarism-notice': {
      subject: 'Please read a message about an exam: {{examTitle}}',
      body: ['There is a message for you about “{{examTitle}}”. Please read it soon: it says what you can do, and by when.'],
      action: 'Read the message',
    },
    'reports-ready': {
      subject: 'Reports are ready: {{examTitle}}',
      body: ['The reports of “{{examTitle}}” that you asked for are written ({{count}}). They can be opened, and saved together as one file.'],
      action: 'Open the reports',
    },
    'scan-finished': {
      subject: 'A plagiarism scan is finished: {{examTitle}}',
      body: ['The answers of “{{examTitle}}” were compared. What the scan found is for you to look at; nothing was decided by it.'],
      action: 'Open the scan',
    },
  },
};
