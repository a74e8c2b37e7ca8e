import { defineMessages } from '#web/lib/i18n.ts';

/** Texts around every chart. */
export const messages = defineMessages({
  en: { asTable: 'As a table', asChart: 'As a chart' },
  de: () => import('./messages.de.ts'),
});
