import type { Speech } from './words.ts';

type Names = Readonly<Record<string, readonly [en: string, de: string]>>;

const OBSERVED: Names = {
  'focus-lost': ['the window lost the focus', 'das Fenster verlor den Fokus'],
  'focus-gained': ['the window got the focus back', 'das Fenster bekam den Fokus zurück'],
  'fullscreen-left': ['full screen was left', 'das Vollbild wurde verlassen'],
  'fullscreen-entered': ['full screen was entered', 'das Vollbild wurde geöffnet'],
  copy: ['something was copied', 'etwas wurde kopiert'],
  cut: ['something was cut', 'etwas wurde ausgeschnitten'],
  paste: ['something was pasted', 'etwas wurde eingefügt'],
  offline: ['the device was offline', 'das Gerät war offline'],
  online: ['the device was online again', 'das Gerät war wieder online'],
  print: ['somebody tried to print', 'es wurde versucht zu drucken'],
};

const CHECKS: Names = {
  'one-state-each': ['Every student is accounted for', 'Von allen ist bekannt, wie es ausging'],
  'nobody-left-paused': ['Nobody was left paused', 'Niemand blieb angehalten'],
  'no-late-save': ['No answer was accepted after its cut-off', 'Keine Antwort wurde nach ihrer Frist angenommen'],
  'no-save-after-close': ['No answer changed after the close', 'Keine Antwort änderte sich nach dem Schluss'],
  'versions-without-gap': ['Every change of a session has its record', 'Jede Änderung einer Sitzung ist verzeichnet'],
  'deadline-equals-parts': ['Every deadline adds up', 'Jede Frist ist die Summe ihrer Teile'],
  'one-open-session': ['Nobody sat twice at the same time', 'Niemand saß zweimal gleichzeitig'],
  'closed-in-time': ['Every session was closed in time', 'Jede Sitzung wurde rechtzeitig geschlossen'],
  'workflow-completed': ['Every follow-up was done', 'Alles Weitere wurde erledigt'],
  'no-workflow-over-closed-session': ['Nothing still works on a closed session', 'An keiner geschlossenen Sitzung wird noch gearbeitet'],
  'saves-in-log': ['Every saved answer is in the log', 'Jede gespeicherte Antwort steht im Protokoll'],
};

/** What an exam page noticed, in words; a kind that is not known here stays as it is. */
export function observedName(kind: string, speech: Speech): string {
  return nameIn(OBSERVED, kind, speech);
}

/** What was checked at the end of an exam, in words; a check that is not known here stays as it is. */
export function checkName(name: string, speech: Speech): string {
  return nameIn(CHECKS, name, speech);
}

function nameIn(names: Names, name: string, { lang }: Speech): string {
  return (Object.hasOwn(names, name) ? names[name] : undefined)?.[lang === 'de' ? 1 : 0] ?? name;
}
