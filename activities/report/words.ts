const en = {
  page: 'Page', made: 'Made {at}', none: '-', yes: 'yes', no: 'no',
  studentReport: 'Report of a result', classReport: 'Report of a class', itemAnalysis: 'Analysis of the questions', incidentReport: 'Incidents', closeOut: 'Close-out certificate',
  number: 'Number', window: 'Window', duration: 'Duration', minutes: '{count} minutes', teacher: 'Teacher', attempt: 'Attempt', handedIn: 'Handed in', published: 'Published',
  points: '{points} of {max} points', percent: '{percent} %', passed: 'Passed', failed: 'Not passed', passMark: 'Pass mark: {percent} %', provisional: 'Some answers are not marked yet; the points are provisional.',
  scoreHidden: 'This exam does not show points.', itemsHidden: 'This exam does not show single questions.',
  questions: 'Questions', question: 'Question {number}', open: 'not marked yet', answer: 'Answer', noAnswer: 'No answer.', key: 'Right answer', explanation: 'Explanation', comment: 'Comment', feedback: 'On {option}',
  rubric: 'Rubric', parts: 'Parts', remarks: 'Remarks', place: 'At a marked place', passage: 'On a passage', pointsShort: '{points} points', classHeading: 'The class', countedResults: 'Results that count',
  chosen: 'chosen', right: 'right', chosenRight: 'chosen, right', trueWord: 'true', falseWord: 'false', files: '{count} files', marked: 'Marked at {points}', areas: '{count} areas of the image',
  results: 'Results', graded: 'Graded sessions', mean: 'Mean', median: 'Median', spread: 'Standard deviation', lowest: 'Lowest', highest: 'Highest', passRate: 'Passed', distribution: 'Distribution',
  distributionAlt: 'Sessions by percent. {parts}.', band: '{from} to {to} %: {count}', student: 'Student', pointsHead: 'Points', percentHead: 'Percent', grade: 'Grade', state: 'State', withheld: 'withheld', notCounted: 'not counted',
  gradedState: 'graded', pending: 'partly marked', 'needs-manual': 'to be marked', ungraded: 'not graded',
  incidents: 'What was noticed', incidentsHelp: 'What exam pages noticed is a hint for a person, and by itself no proof of anything.', noIncidents: 'Nothing was noticed.', kind: 'Kind', times: 'Times', from: 'From', zone: 'Times are those of {zone}.', more: 'The newest {count} are shown; there are more.',
  byKind: 'By kind', students: 'Students', closed: 'The exam is over for everybody.', closing: 'The exam is over; some sessions are still open.', stillOpen: 'The exam is not over yet.',
  assigned: 'Assigned', submitted: 'Handed in', expired: 'Time ran out', terminated: 'Terminated', withdrawn: 'Withdrawn', absent: 'Absent', closedAt: 'Closed at', checks: 'What was checked', check: 'Check', holds: 'Holds', detail: 'Detail', clock: 'Offset of the server clock', ms: '{ms} ms', unknown: 'not known',
  facility: 'Facility', discrimination: 'Discrimination (item-rest correlation)', upperLower: 'Discrimination (upper-lower 27 %)', answered: 'Answered', meanPoints: 'Mean points', options: 'Options', option: 'Option', share: 'Share', alpha: "Cronbach's alpha", sem: 'Standard error of measurement',
  facilityHelp: 'Facility is the mean share of the points, 1 for a question that everybody gets right. Discrimination says how well a question separates strong from weak students; below 0.2 is worth a look.',
  facilityAlt: 'Facility of each question. {parts}.', facilityPart: '{number}: {value}',
};

/** The words of a report by language; every language has all of them. */
export type Words = typeof en;

const de: Words = {
  page: 'Seite', made: 'Erstellt {at}', none: '-', yes: 'ja', no: 'nein',
  studentReport: 'Ergebnisbericht', classReport: 'Bericht über die Gruppe', itemAnalysis: 'Analyse der Fragen', incidentReport: 'Vorfälle', closeOut: 'Abschlussbescheinigung',
  number: 'Nummer', window: 'Zeitraum', duration: 'Dauer', minutes: '{count} Minuten', teacher: 'Prüfer', attempt: 'Versuch', handedIn: 'Abgegeben', published: 'Veröffentlicht',
  points: '{points} von {max} Punkten', percent: '{percent} %', passed: 'Bestanden', failed: 'Nicht bestanden', passMark: 'Bestehensgrenze: {percent} %', provisional: 'Einige Antworten sind noch nicht bewertet; die Punkte sind vorläufig.',
  scoreHidden: 'Diese Prüfung zeigt keine Punkte.', itemsHidden: 'Diese Prüfung zeigt keine einzelnen Fragen.',
  questions: 'Fragen', question: 'Frage {number}', open: 'noch nicht bewertet', answer: 'Antwort', noAnswer: 'Keine Antwort.', key: 'Richtige Antwort', explanation: 'Erklärung', comment: 'Kommentar', feedback: 'Zu {option}',
  rubric: 'Bewertungsraster', parts: 'Teile', remarks: 'Anmerkungen', place: 'An einer markierten Stelle', passage: 'Zu einer Stelle', pointsShort: '{points} Punkte', classHeading: 'Die Gruppe', countedResults: 'Ergebnisse, die zählen',
  chosen: 'gewählt', right: 'richtig', chosenRight: 'gewählt, richtig', trueWord: 'wahr', falseWord: 'falsch', files: '{count} Dateien', marked: 'Markiert bei {points}', areas: '{count} Flächen im Bild',
  results: 'Ergebnisse', graded: 'Bewertete Sitzungen', mean: 'Mittelwert', median: 'Median', spread: 'Standardabweichung', lowest: 'Niedrigster Wert', highest: 'Höchster Wert', passRate: 'Bestanden', distribution: 'Verteilung',
  distributionAlt: 'Sitzungen nach Prozent. {parts}.', band: '{from} bis {to} %: {count}', student: 'Person', pointsHead: 'Punkte', percentHead: 'Prozent', grade: 'Note', state: 'Stand', withheld: 'zurückgehalten', notCounted: 'zählt nicht',
  gradedState: 'bewertet', pending: 'teilweise bewertet', 'needs-manual': 'zu bewerten', ungraded: 'nicht bewertet',
  incidents: 'Was bemerkt wurde', incidentsHelp: 'Was Prüfungsseiten bemerken, ist ein Hinweis für Menschen und für sich allein kein Beweis.', noIncidents: 'Es wurde nichts bemerkt.', kind: 'Art', times: 'Anzahl', from: 'Von', zone: 'Die Zeiten gelten für {zone}.', more: 'Gezeigt sind die neuesten {count}; es gibt mehr.',
  byKind: 'Nach Art', students: 'Personen', closed: 'Die Prüfung ist für alle beendet.', closing: 'Die Prüfung ist beendet; einige Sitzungen sind noch offen.', stillOpen: 'Die Prüfung ist noch nicht beendet.',
  assigned: 'Zugewiesen', submitted: 'Abgegeben', expired: 'Zeit abgelaufen', terminated: 'Beendet', withdrawn: 'Zurückgezogen', absent: 'Abwesend', closedAt: 'Geschlossen', checks: 'Was geprüft wurde', check: 'Prüfung', holds: 'Gilt', detail: 'Einzelheiten', clock: 'Abweichung der Serveruhr', ms: '{ms} ms', unknown: 'nicht bekannt',
  facility: 'Schwierigkeit', discrimination: 'Trennschärfe (Item-Rest-Korrelation)', upperLower: 'Trennschärfe (obere und untere 27 %)', answered: 'Beantwortet', meanPoints: 'Mittlere Punkte', options: 'Antworten', option: 'Antwort', share: 'Anteil', alpha: 'Cronbachs Alpha', sem: 'Standardmessfehler',
  facilityHelp: 'Die Schwierigkeit ist der mittlere Anteil der Punkte, 1 für eine Frage, die alle richtig haben. Die Trennschärfe sagt, wie gut eine Frage Starke von Schwachen trennt; unter 0,2 lohnt ein Blick.',
  facilityAlt: 'Schwierigkeit jeder Frage. {parts}.', facilityPart: '{number}: {value}',
};

/** Words, numbers and times of one report. */
export interface Speech {
  readonly lang: string;
  /** Time zone of the report. */
  readonly zone: string;
  readonly words: Words;
  /** Fills the places of a sentence. */
  say(word: keyof Words, values?: Readonly<Record<string, string | number>>): string;
  /** A decimal string or number as the language writes it. */
  number(value: string | number, places?: number): string;
  /** An instant in the zone of the report; the sign for nothing for null. */
  at(instantMs: number | null): string;
  /** The same without the zone, where it is said already. */
  when(instantMs: number): string;
}

/** @param locale `de` or `en`; anything else is read as English */
export function speechOf(locale: string, timeZone: string): Speech {
  const lang = locale === 'de' ? 'de' : 'en';
  const words = lang === 'de' ? de : en;
  const time = new Intl.DateTimeFormat(lang === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return {
    lang,
    zone: timeZone,
    words,
    say: (word, values = {}) => words[word].replace(/\{(\w+)\}/gu, (whole, name: string) => (name in values ? String(values[name]) : whole)),
    number(value, places) {
      const text = typeof value === 'number' && places !== undefined ? value.toFixed(places) : String(value);
      return lang === 'de' ? text.replace('.', ',') : text;
    },
    when: (instantMs) => time.format(instantMs),
    at: (instantMs) => (instantMs === null ? words.none : `${time.format(instantMs)} (${timeZone})`),
  };
}
