import { defineMessages } from '#web/lib/i18n.ts';

/** Texts of messages that students get about their answers. */
export const messages = defineMessages({
  en: {
    title: 'A message about “{{ exam }}”',
    titleHere: 'A message about this exam',
    withdrawn: 'Withdrawn: a message about “{{ exam }}”',
    withdrawnHere: 'Withdrawn: a message about this exam',
    withdrawnHelp: 'On {{ time }}, staff took this message back. You need not do anything.',
    from: 'From the staff of the exam, {{ time }}',
    read: 'I have read this',
    saving: 'Saving…',
    open: 'Open the exam',
  },
  de: () => import('./messages.de.ts'),
});
