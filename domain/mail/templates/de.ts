import type { MailTexts } from '../render.ts';

/** The mails in German. */
export const GERMAN: MailTexts = {
  frame: {
    greeting: 'Guten Tag {{name}},',
    signature: '{{sender}}',
    essential: 'Sie erhalten diese E-Mail, weil Sie davon wissen müssen.',
    optional: 'E-Mails wie diese können Sie in Ihrem Konto abbestellen: {{settingsLink}}',
  },
  templates: {
    'result-published': {
      subject: 'Ihr Ergebnis ist da: {{examTitle}}',
      body: ['Die Ergebnisse von „{{examTitle}}“ sind veröffentlicht. Ihr Ergebnis können Sie nach dem Anmelden lesen.'],
      action: 'Ergebnis lesen',
    },
    'result-changed': {
      subject: 'Ihr Ergebnis wurde geändert: {{examTitle}}',
      body: ['„{{examTitle}}“ wurde neu bewertet, und Ihr Ergebnis ist nicht mehr dasselbe. Dort steht, was geändert wurde.'],
      action: 'Ergebnis lesen',
    },
    'appeal-decided': {
      subject: 'Über Ihren Einspruch ist entschieden: {{examTitle}}',
      body: ['Ihr Einspruch zu „{{examTitle}}“ wurde geprüft und entschieden. Die Entscheidung und ihre Begründung stehen bei Ihrem Ergebnis.'],
      action: 'Entscheidung lesen',
    },
    'plagiarism-notice': {
      subject: 'Bitte lesen Sie eine Nachricht zu einer Prüfung: {{examTitle}}',
      body: ['Es gibt eine Nachricht für Sie zu „{{examTitle}}“. Bitte lesen Sie sie bald: Darin steht, was Sie tun können und bis wann.'],
      action: 'Nachricht lesen',
    },
    'reports-ready': {
      subject: 'Berichte sind fertig: {{examTitle}}',
      body: ['Die Berichte zu „{{examTitle}}“, um die Sie gebeten haben, sind geschrieben ({{count}}). Sie lassen sich öffnen und zusammen in einer Datei speichern.'],
      action: 'Berichte öffnen',
    },
    'scan-finished': {
      subject: 'Eine Plagiatsprüfung ist fertig: {{examTitle}}',
      body: ['Die Antworten von „{{examTitle}}“ wurden verglichen. Was dabei auffiel, sehen Sie sich bitte an; entschieden wurde damit nichts.'],
      action: 'Prüfung öffnen',
    },
  },
};
