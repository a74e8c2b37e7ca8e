/** German texts of messages that students get about their answers. */
export default {
  title: 'Eine Nachricht zu „{{ exam }}“',
  titleHere: 'Eine Nachricht zu dieser Prüfung',
  withdrawn: 'Zurückgenommen: eine Nachricht zu „{{ exam }}“',
  withdrawnHere: 'Zurückgenommen: eine Nachricht zu dieser Prüfung',
  withdrawnHelp: 'Die Prüfenden haben diese Nachricht am {{ time }} zurückgenommen. Sie müssen nichts tun.',
  from: 'Von den Prüfenden, {{ time }}',
  read: 'Ich habe das gelesen',
  saving: 'Wird gespeichert …',
  open: 'Prüfung öffnen',
};
