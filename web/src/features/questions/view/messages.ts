import { defineMessages } from '#web/lib/i18n.ts';

/** Texts of a question as a student sees it. */
export const messages = defineMessages({
  en: {
    empty: 'Write the question to see it here.',
    point: '1 point',
    points: '{{ points }} points',
  },
});
