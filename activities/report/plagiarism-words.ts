const en = {
  title: 'Similar answers', made: 'Compared', sessions: 'Sessions', possible: 'Possible pairs', compared: 'Compared in full', flagged: 'Flagged pairs', groups: 'Groups', decided: 'Decided',
  decidedCount: '{confirmed} confirmed, {dismissed} dismissed, {open} to review',
  method: 'How the answers were compared',
  calm: 'A flag is evidence for a person to look at. It never changes a mark by itself. What a person decided stands beside each pair.',
  rate: 'A pair that worked alone has a chance of {rate} to be flagged. If everybody had worked alone, about {expected} of the {possible} pairs would be flagged. Of the flagged pairs, a share of at most {level} is expected to be innocent (Benjamini-Hochberg over all pairs of the exam).',
  ratePercent: '{percent} %', rateOne: '1 in {count}',
  index: 'Answers: {index}. Each pair is judged by how common each shared answer is and by the abilities of both.',
  text: 'Texts: passages of several words, and words near each other, that stand in both, without those of the question and passages that more than {common} % of the students have. A pair is also flagged when at least {contained} % of the shorter text stands in the other one. Files are compared by their text or, without one, by their bytes.',
  timing: 'Timing: when and in which order both answered. It supports a suspicion and never makes one.',
  notUsed: 'Left out in this scan: {what}.', whatAnswers: 'answers', whatText: 'texts', whatTiming: 'timing',
  pairs: 'Flagged pairs', none: 'No pair stands out: nothing is more alike than chance explains.', more: 'The {count} strongest are shown.',
  students: 'Students', evidence: 'Evidence', strength: 'Strength', decision: 'Decision', strengthHelp: 'Strength 6 is as unlikely as one in a million.',
  open: 'to review', confirmed: 'confirmed', dismissed: 'dismissed', by: '{state}, {name}, {when}', told: '{count} told', and: '{a} and {b}',
  wrong: '{count} identical wrong answers; expected {expected}', identical: '{count} of {common} answers identical', run: '{count} identical wrong answers in a row',
  contained: '{percent} % of the shorter text stands in the other one', close: '{count} of {items} answers saved within 30 seconds of each other', order: 'answered in the same order (rank correlation {value})',
  note: 'Note: {note}', group: 'Group', size: 'Students', edges: 'Pairs', members: 'Who', reviewers: 'Reviewed by',
};

type PlagiarismWords = typeof en;

const de: PlagiarismWords = {
  title: 'Ähnliche Antworten', made: 'Verglichen', sessions: 'Sitzungen', possible: 'Mögliche Paare', compared: 'Vollständig verglichen', flagged: 'Auffällige Paare', groups: 'Gruppen', decided: 'Entschieden',
  decidedCount: '{confirmed} bestätigt, {dismissed} verworfen, {open} zu prüfen',
  method: 'Wie die Antworten verglichen wurden',
  calm: 'Ein auffälliges Paar ist ein Hinweis für Menschen. Er ändert für sich allein keine Note. Was jemand entschieden hat, steht bei jedem Paar.',
  rate: 'Ein Paar, das für sich gearbeitet hat, fällt mit einer Wahrscheinlichkeit von {rate} auf. Hätten alle für sich gearbeitet, fielen etwa {expected} der {possible} Paare auf. Unter den auffälligen Paaren ist ein Anteil von höchstens {level} unschuldig zu erwarten (Benjamini-Hochberg über alle Paare der Prüfung).',
  ratePercent: '{percent} %', rateOne: '1 zu {count}',
  index: 'Antworten: {index}. Jedes Paar wird daran gemessen, wie häufig jede gemeinsame Antwort ist und was beide können.',
  text: 'Texte: Stellen aus mehreren Wörtern und nah beieinander stehende Wörter, die in beiden stehen, ohne die der Frage und ohne Stellen, die mehr als {common} % haben. Ein Paar fällt auch auf, wenn mindestens {contained} % des kürzeren Textes im anderen stehen. Dateien werden nach ihrem Text verglichen oder, wo sie keinen haben, nach ihren Bytes.',
  timing: 'Zeiten: wann und in welcher Reihenfolge beide geantwortet haben. Das stützt einen Verdacht und begründet keinen.',
  notUsed: 'In diesem Vergleich nicht berücksichtigt: {what}.', whatAnswers: 'Antworten', whatText: 'Texte', whatTiming: 'Zeiten',
  pairs: 'Auffällige Paare', none: 'Kein Paar fällt auf: Nichts ist ähnlicher, als der Zufall erklärt.', more: 'Gezeigt sind die {count} stärksten.',
  students: 'Personen', evidence: 'Hinweise', strength: 'Stärke', decision: 'Entscheidung', strengthHelp: 'Stärke 6 ist so unwahrscheinlich wie eins zu einer Million.',
  open: 'zu prüfen', confirmed: 'bestätigt', dismissed: 'verworfen', by: '{state}, {name}, {when}', told: '{count} benachrichtigt', and: '{a} und {b}',
  wrong: '{count} gleiche falsche Antworten; erwartet {expected}', identical: '{count} von {common} Antworten gleich', run: '{count} gleiche falsche Antworten hintereinander',
  contained: '{percent} % des kürzeren Textes stehen im anderen', close: '{count} von {items} Antworten innerhalb von 30 Sekunden gespeichert', order: 'in derselben Reihenfolge beantwortet (Rangkorrelation {value})',
  note: 'Notiz: {note}', group: 'Gruppe', size: 'Personen', edges: 'Paare', members: 'Wer', reviewers: 'Geprüft von',
};

/** Says the words of a report about a scan in one language. */
export type Say = (word: keyof PlagiarismWords, values?: Readonly<Record<string, string | number>>) => string;

/** @param lang `de`; anything else is read as English */
export function plagiarismWords(lang: string): Say {
  const words = lang === 'de' ? de : en;
  return (word, values = {}) => words[word].replace(/\{(\w+)\}/gu, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
