import { defineMessages } from '#web/lib/i18n.ts';

/** Texts that all pages of an exam share. */
export const messages = defineMessages({
  en: {
    exams: 'Exams',
    'state.draft': 'Draft',
    'state.published': 'Published',
    'state.open': 'Open',
    'state.closed': 'Closed',
    'state.archived': 'Archived',
    cancelled: 'Cancelled',
    untitled: 'Exam without a title',
    pages: 'Pages of this exam',
    summary: 'Summary',
    edit: 'Edit',
    settings: 'Settings',
    preview: 'Preview',
    monitor: 'Monitor',
    results: 'Results',
    closeOut: 'Close-out',
    noWindow: 'No window yet',
    window: '{{ date }}, {{ start }} to {{ end }} {{ zone }}',
    windowDays: '{{ start }} to {{ end }} {{ zone }}',
    yourTime: 'for you {{ start }} to {{ end }} {{ zone }}',
    minutes: '{{ count }} minutes',
    student: '1 student',
    students: '{{ count }} students',
    nobody: 'nobody assigned',
  },
});
