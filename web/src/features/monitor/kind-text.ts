/** What pages notice, in words; an unknown kind is told with its own name. */
const KINDS: Readonly<Record<string, string>> = {
  'focus-lost': 'Left the exam window',
  'focus-gained': 'Came back to the exam window',
  'fullscreen-left': 'Left full screen',
  'fullscreen-entered': 'Went to full screen',
  'clipboard-copy': 'Copied text',
  'clipboard-cut': 'Cut text',
  'clipboard-paste': 'Pasted text',
  'page-hidden': 'Page was hidden',
  'page-shown': 'Page was shown',
  'second-window': 'Exam open in a second window',
  'print-blocked': 'Tried to print',
  'print-attempt': 'Tried to print',
  'device-clock': 'Device clock was changed',
  'connection-lost': 'Lost the connection',
  'similar-answers': 'Similar answers, confirmed by staff',
};

/** A kind of observation in words. */
export function kindText(kind: string): string {
  const words = KINDS[kind] ?? kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
