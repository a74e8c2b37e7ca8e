/** German texts of appeals, as students see them. */
export default {
  'outcome.upheld': 'Stattgegeben',
  'outcome.partly': 'Teilweise stattgegeben',
  'outcome.rejected': 'Abgelehnt',
  busy: 'Einen Moment …',
  askTitle: 'Stimmt etwas mit diesem Ergebnis nicht?',
  askHelp: 'Sie können bis {{ when }} um eine Überprüfung bitten. Jemand, der Ihre Antworten nicht bewertet hat, sieht sie an.',
  ask: 'Um Überprüfung bitten',
  askDialog: 'Um Überprüfung dieses Ergebnisses bitten',
  askScope: 'Schreiben Sie, um welche Frage es geht und was Ihrer Meinung nach nicht stimmt. Sie erfahren, wie entschieden wurde.',
  askText: 'Was nicht stimmt',
  withdraw: 'Zurückziehen',
  yours: 'Ihre Bitte um Überprüfung',
  'own.open': 'Sie ist eingegangen und wartet auf eine prüfende Person.',
  'own.assigned': 'Sie wird geprüft.',
  'own.decided': 'Es wurde entschieden.',
  'own.withdrawn': 'Sie haben sie zurückgezogen.',
};
