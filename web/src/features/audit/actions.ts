/** Acts of the audit log in words; an act that is not here is said by its name. */
const ACTIONS: Readonly<Record<string, string>> = {
  'auth.login': 'Logged in', 'auth.logout': 'Logged out', 'auth.end-session': 'Logged another device out', 'auth.stop': 'Logged everywhere out', 'auth.refresh-reused': 'Used a log-in twice; all were ended',
  'user.create': 'Made an account', 'user.change': 'Changed an account', 'user.change-password': 'Changed a password', 'user.change-accommodations': 'Changed extra time', 'user.delete': 'Deleted an account',
  'user.gamification': 'Changed who sees badges', 'batch.gamification': 'Changed the badges of a batch',
  'batch.create': 'Made a batch', 'batch.change': 'Changed a batch', 'batch.change-students': 'Changed the students of a batch', 'batch.delete': 'Deleted a batch',
  'question.create': 'Made a question', 'question.change': 'Changed a question', 'question.delete': 'Deleted a question', 'question.restore': 'Brought a question back',
  'question-import.create': 'Read a file of questions', 'question-import.commit': 'Took questions of a file over', 'media.create': 'Uploaded a file for questions',
  'exam.create': 'Made an exam', 'exam.change': 'Changed an exam', 'exam.publish': 'Published an exam', 'exam.delete': 'Deleted an exam', 'exam.archive': 'Archived an exam', 'exam.assign': 'Assigned students',
  'exam.unassign': 'Took students off an exam', 'exam.window': 'Moved the window of an exam', 'exam.opened': 'The exam opened', 'exam.closed': 'The exam closed', 'exam.close-out': 'The exam was closed out', 'exam.cancel': 'Cancelled an exam',
  'exam.extend': 'Extended an exam', 'exam.shorten': 'Shortened an exam', 'exam.pause': 'Paused an exam', 'exam.resume': 'Let an exam go on', 'exam.end': 'Ended an exam', 'exam.credit': 'Gave lost time back', 'exam.message': 'Wrote to everybody',
  'exam.results-publish': 'Published the results', 'exam.results-unpublish': 'Took the results back', 'exam.results-export': 'Downloaded the results', 'exam.statistics-export': 'Downloaded the statistics',
  'exam.grade-scale': 'Changed the grade scale', 'exam.moderate': 'Moderated the results', 'exam.moderate-undo': 'Undid a moderation',
  'session.start': 'Started the exam', 'session.submit': 'Handed in', 'session.expire': 'The time was over', 'session.grade': 'The answers were graded', 'session.extend': 'Extended a session', 'session.shorten': 'Shortened a session',
  'session.pause': 'Paused a session', 'session.resume': 'Let a session go on', 'session.end': 'Ended a session', 'session.terminate': 'Terminated a session', 'session.withdraw': 'Withdrew a student', 'session.reopen': 'Opened a session again',
  'session.credit': 'Gave lost time back', 'session.message': 'Wrote to a student', 'session.file': 'Handed in a file', 'session.left-paused': 'A session was left paused', 'session.help-claimed': 'Took a request for help on',
  'session.help-resolved': 'Settled a request for help', 'session.result-withhold': 'Withheld a result', 'session.result-release': 'Released a result',
  'mark.set': 'Gave a mark', 'marking.mark': 'Gave a mark', 'marking.reconcile': 'Agreed on a mark', 'marking.rubric': 'Changed a rubric', 'marking.settings': 'Changed how an exam is marked', 'marking.allocate': 'Dealt answers to markers',
  'marking.flag': 'Set an answer aside', 'marking.unflag': 'Took up an answer that was set aside', 'marking.comment-add': 'Kept a comment', 'marking.comment-remove': 'Removed a kept comment',
  'regrade.preview': 'Computed a correction', 'regrade.apply': 'Applied a correction', 'regrade.discard': 'Discarded a correction',
  'appeal.create': 'Asked for a review', 'appeal.withdraw': 'Took a request for a review back', 'appeal.assign': 'Gave an appeal to a reviewer', 'appeal.decide': 'Decided an appeal',
  'plagiarism.decide': 'Decided about a pair', 'plagiarism.notify': 'Told a student of a pair', 'plagiarism.incident': 'Recorded a pair as an incident', 'report.download': 'Downloaded a report', 'report.download-run': 'Downloaded reports', 'report.delete': 'Deleted a report', 'institution.change': 'Changed the institution',
  'run.create': 'Started a run', 'run.pause': 'Paused a run', 'run.resume': 'Let a run go on', 'run.cancel': 'Cancelled a run', 'run.retry-failed': 'Tried failed parts again', 'workflow.nudge': 'Asked a workflow for a fresh look',
  'mail.resend': 'Sent a mail again', 'mail.resend-all': 'Sent mails again', 'user.mail-choice': 'Chose which mails they get',
  'audit.export': 'Downloaded the audit log', 'platform.clock-step': 'The clock of the server jumped',
};

/** An act in words: "session.extend" becomes "Extended a session". */
export function actionText(action: string): string {
  const known = ACTIONS[action];
  if (known !== undefined) return known;
  const [thing = '', ...rest] = action.split('.');
  const words = (text: string): string => text.replaceAll('-', ' ');
  return `${words(thing).replace(/^./, (first) => first.toUpperCase())}: ${words(rest.join(' '))}`;
}
