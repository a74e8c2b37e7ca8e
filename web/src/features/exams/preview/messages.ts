import { defineMessages } from '#web/lib/i18n.ts';

/** Texts of the preview of an exam. */
export const messages = defineMessages({
  en: {
    title: 'Preview: {{ title }}',
    bannerDraft: 'A paper drawn from the bank as it is now. You can try the questions; nothing is kept.',
    bannerPublished: 'A paper of the published exam. You can try the questions; nothing is kept.',
    another: 'Draw another paper',
    anotherNote: 'Students get papers of their own where questions are drawn or shuffled.',
    back: 'Back to editing',
    missing: 'Some questions are missing from this paper',
    empty: 'There is no question to show yet',
    emptyText: 'Add questions to the exam first.',
    instructions: 'Instructions',
    nav: 'Questions of this paper',
    question: 'Question {{ number }}',
    of: 'of {{ total }}',
    section: 'Section {{ number }}',
    previous: 'Previous',
    next: 'Next',
    asPhone: 'Width',
    wide: 'Computer',
    phone: 'Phone',
  },
});
