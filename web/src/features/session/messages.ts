import { defineMessages } from '#web/lib/i18n.ts';

const answers = (count: number): string => (count === 1 ? '1 answer' : `${count} answers`);

/** Texts of the exam page. */
export const messages = defineMessages({
  en: {
    // the bar
    exam: 'Exam', handInMore: 'Hand in…', ready: 'Ready', nothingToSave: 'nothing to save yet', saved: 'Saved', savedAt: 'at {{ time }}', saving: 'Saving…',
    keptUntilSaved: 'kept on this device', lastSaved: 'last saved {{ time }}', waiting: 'Waiting', keptHere: (count: number) => `${answers(count)} kept here`, allSaved: 'all answers are saved',
    noConnection: 'No connection', noAnswer: 'Server does not answer', loggedOut: 'You are logged out', twoVersions: 'Two versions', bothKept: 'both are kept', notTaken: 'Not taken',
    refusedCount: (count: number) => `${answers(count)}, see there`, readOnly: 'Read only', openElsewhere: 'open in another window',
    clockStands: 'the clock stands', timeIsOver: 'time is over', leftEnds: 'left, ends {{ time }}', timeHidden: 'Time is hidden', showTime: 'Show the time', hideTime: 'Hide the time',
    minutes: '{{ minutes }} min', hoursMinutes: '{{ hours }} h {{ minutes }} min',
    // the navigator
    questions: 'Questions', section: 'Section {{ number }}', stillAhead: (count: number) => (count === 1 ? 'One more question comes after this.' : `${count} more questions come after this.`),
    answered: 'answered', seen: 'seen', flagged: 'flagged', notSeen: 'not seen', left: 'left', state_answered: 'answered', state_seen: 'seen, not answered', state_new: 'not seen',
    questionNumber: 'Question {{ number }}', ofTotal: 'of {{ total }}', points: (points: number) => (points === 1 ? '1 point' : `${points} points`), allQuestions: 'All questions, now at',
    titleOf: '{{ at }} of {{ total }} · {{ title }}',
    // a question
    flag: 'Flag', flaggedShort: 'Flagged', clearAnswer: 'Clear answer', previous: 'Previous', next: 'Next', keyPrevious: 'previous', keyFlag: 'flag', keyNext: 'next',
    oneAnswer: 'One answer', anyNumber: 'Any number of answers', isTrue: 'True', isFalse: 'False', unit: 'Unit', language: 'Language', choose: 'Choose…', gap: 'Gap {{ number }}',
    textWithGaps: 'Text with gaps', fillTheGaps: 'Fill the gaps.', tabHint: 'Tab indents. To leave the field with Tab, press Escape first.', matchFor: 'Belongs to: {{ text }}',
    moveUp: 'Move up: {{ text }}', moveDown: 'Move down: {{ text }}', movedTo: '{{ text }} is now at place {{ place }} of {{ count }}.', orderIsNoAnswer: 'This order is not your answer yet.', keepThisOrder: 'It is right as it is',
    format: 'Format', format_bold: 'Bold', format_italic: 'Italic', format_insertUnorderedList: 'Bulleted list', format_insertOrderedList: 'Numbered list', format_subscript: 'Subscript', format_superscript: 'Superscript', format_undo: 'Undo', format_redo: 'Redo',
    words: (count: number) => (count === 1 ? '1 word' : `${count} words`), ofWords: 'of {{ min }} to {{ max }}', atMostWords: 'of at most {{ max }}', atLeastWords: 'of at least {{ min }}', wordsOver: '{{ count }} too many', wordsToGo: '{{ count }} to go',
    imageMissing: 'The image of this question is missing. Ask a proctor.', imageMap: 'Image to point at', pointAt: 'Place {{ number }}: {{ x }} % from the left, {{ y }} % from the top', removePoint: 'Remove {{ number }}',
    hotSpotHint: (most: number) => `${most === 1 ? 'Click the place.' : `Click up to ${most} places.`} With the keyboard: arrow keys move the crosshair (Shift: finely), Enter sets a place, Delete removes the last one.`,
    pointSet: 'Place {{ number }} set, {{ x }} % from the left, {{ y }} % from the top.', crossAt: '{{ x }}, {{ y }}', allPointsSet: (most: number) => `All ${most} places are set. Remove one first.`,
    file: 'File', removeFile: 'Remove {{ name }}', stopFile: 'Stop {{ name }}', sending: '{{ percent }} % of {{ size }} sent', fileOffline: 'No connection. Try again when it is back.', fileArrived: '{{ name }} has arrived.', fileFailed: '{{ name }} did not get through.',
    fileLimits: 'At most {{ count }}, up to {{ size }} each: {{ kinds }}', anyKind: 'any kind', medium: 'Attachment', tryAgain: 'Try again',
    twoVersionsOf: 'There are two versions of this answer. Both are kept.', compare: 'Compare and choose…', notTakenTitle: 'This answer can not be saved as it is', notTakenHelp: 'Change it, and it is saved again. Your text stays here.', tooLong: 'This answer is too long to be saved. Shorten it: your text stays here.', itemLocked: 'This question was left already; its answer can not be changed any more.',
    myNotes: 'My notes', notesHelp: 'Only you see them. They are not marked.',
    // tools and dialogs
    close: 'Close', cancel: 'Cancel', done: 'Done', back: 'Back', help: 'Help', notes: 'Notes', textShort: 'Text', askProctor: 'Ask a proctor', readingSettings: 'Reading settings',
    askHelp: 'Your proctor sees this at once, with your name. The clock goes on.', whatIsIt: 'What do you need?', ask: 'Ask for help', asking: 'Asking…', askedAt: 'Asked at {{ time }}', askedNext: 'An answer appears at the edge of this page. You can go on writing.', notAsked: 'Your question did not get through', backToExam: 'Back to the exam',
    textSize: 'Text size', size_small: 'Small', size_normal: 'Normal', size_large: 'Large', size_largest: 'Largest', spacing: 'Spacing', spacing_normal: 'Normal', spacing_wide: 'Wide', spacing_widest: 'Widest',
    tint: 'Paper', tint_plain: 'Plain', tint_cream: 'Cream', tint_blue: 'Blue', tint_green: 'Green', tint_rose: 'Rose', readingSample: 'Which organelle turns the energy of food into a form that the cell can use?',
    leaveTitle: 'Leave question {{ number }} for good?', leaveHelp: 'This exam goes forwards only. You can not come back to this question.', leaveEmpty: 'This question has no answer.', leave: 'Leave it and go on', leaving: 'Saving…', stay: 'Stay here', leaveUnsaved: 'This answer is not saved yet', leaveUnsavedHelp: 'You can go on when it is. It is kept on this device until then.', notLeft: 'The next question could not be opened',
    conflictTitle: 'Two versions of your answer to question {{ number }}', conflictHelp: 'You wrote in two windows or on two devices. Nothing is lost: the text that you do not choose stays in your answer history.', otherWindow: 'The other one', thisWindow: 'This window', notSent: 'Not saved', writtenAt: 'Written at {{ time }} · {{ words }}', keepSaved: 'Keep this saved text', useMine: 'Use this text instead', keepBoth: 'Keep both, one after the other', noAnswerText: 'No answer', decided: 'Decided.',
    // handing in
    handInTitle: 'Hand in your exam?', handInSure: 'Hand in now, for good?', handInScope: 'You have {{ left }} left.', withoutAnswer: 'without an answer', withoutAnswerList: 'Without an answer', flaggedList: 'Flagged', goToQuestion: 'Go to question {{ number }}', goOn: 'Go on with the exam', handInNext: 'Next step', handInNow: 'Hand in my exam', handingIn: 'Handing in…', handInFinal: 'After this you can not change anything. What is saved is what counts; nothing else has to be done.',
    handInConflicts: (count: number) => `${answers(count)} with two versions`, handInConflictsHelp: 'If you do not choose, the saved version counts.', handInUnsent: (count: number) => `${answers(count)} not saved yet`, handInUnsentHelp: 'They are sent along with the hand-in. Without a connection nothing is handed in yet.', notHandedIn: 'Your exam is not handed in yet',
    // notices
    notices: 'Notices', haveSeen: 'I have seen this', seenIt: 'Seen', reply: 'Reply', byStaff: 'By exam staff, {{ time }}', timeAdded: '{{ length }} added', timeTaken: 'The exam ends {{ length }} earlier', nowEnds: 'Your exam now ends at {{ time }}.', whilePaused: 'It counts when the exam goes on.', resumedTitle: 'Your exam goes on', pausedFor: 'It stood still for {{ length }}. You got back every second.', reopenedTitle: 'Your exam is open again',
    messageTeacher: 'Message from your teacher', messageProctor: 'Message from your proctor', messageStaff: 'Message from exam staff', minutesLeft: (minutes: number) => (minutes === 1 ? '1 minute left' : `${minutes} minutes left`), handedInByItself: 'At the end everything is handed in for you. You need not press anything.', handedInByItselfUnsent: (count: number) => `${answers(count)} not saved yet. Keep this page open.`, examCancelled: 'The exam was called off',
    elsewhereTitle: 'This exam is open in another window', elsewhereHelp: 'Here you can only read. Your answers are saved there.', writeHere: 'Write here instead', opening: 'Opening…',
    loggedOutHelp: 'Your answers are kept on this device. Log in again in a new tab, then come back here.', logInAgain: 'Log in again', offlineHelp: 'Your answers are kept on this device and will be sent. You can go on.', answersWaiting: (count: number) => `${answers(count)} waiting.`, tryingIn: 'Trying again in {{ seconds }} s.', tryingNow: 'Trying now…', tryNow: 'Try now',
    memoryTitle: 'This browser keeps nothing', memoryHelp: 'Answers are saved on the server as always. Do not close this page while it says that something is not saved.',
    spokenOffline: 'No connection. Your answers are kept on this device and will be sent.', spokenBack: 'The connection is back.', spokenAllSaved: 'All answers are saved.', spokenConflict: 'There are two versions of an answer. Both are kept.', spokenRefused: 'An answer was not taken.', spokenElsewhere: 'This exam was opened in another window. Here you can only read.',
    // covers
    pausedTitle: 'Your exam is paused', pausedHelp: 'You can leave this page as it is.', pausedSince: 'Paused since', pausedLength: 'Paused for', soFar: '{{ length }} so far', timeLeft: 'Time left', staysSo: '{{ left }}, and it stays so', pausedSaved: 'Your answers are saved.', pausedUnsent: (count: number) => `${answers(count)} kept on this device, to be sent when the exam goes on.`, pausedOpens: 'The paper opens here by itself when staff resume the exam.',
    timeUpTitle: 'Time is over', timeUpSaved: 'All your answers are saved. They are being handed in for you; you need not do anything.', timeUpUnsent: (count: number) => (count === 1 ? '1 answer has not reached the server yet.' : `${count} answers have not reached the server yet.`), keepOpen: 'Keep this page open: it goes on trying.', timeUpNext: 'This page changes by itself in a few seconds.', saveCopy: 'Save a copy of what was not sent',
    // the end
    end_submitted: 'Your exam is handed in', end_expired: 'Time is over: your exam was handed in for you', end_terminated: 'Your exam was ended', end_withdrawn: 'You have withdrawn from this exam', endedByStaff: 'Exam staff ended it', receivedAt: 'Received on {{ date }} at', closedAtText: 'Closed on {{ date }} at', allHere: 'All your answers are here. You can close this page.', whatCounts: 'What was saved until then counts.', notAllHere: 'Not everything has arrived. Keep this page open.',
    toMyExams: 'Go to my exams', seeResult: 'See my result', whatReceived: 'What was received', leftEmpty: 'left empty', essayWords: 'words in your essays', lastChange: 'Last change: question {{ number }}, saved at', lastSaveAt: 'Last save at', nothingReceived: 'No answer was saved.', empty: 'empty',
    refusedTitle: 'Texts that came too late', refusedHelp: 'They do not count, and they are not lost: staff can see them, and they stay on this device until you remove them.', anAnswer: 'An answer', copyText: 'Copy', forgetText: 'Remove from this device', writtenAtShort: 'Written at {{ time }}.', why_late: 'It reached the server after the end.', why_paused: 'It came while the exam was paused.', why_locked: 'The question had been left already.', why_other: 'It could not be saved as it was.',
    reference: 'Reference', referenceHelp: 'It names your session. Give it to staff if you have a question.', then: 'What happens next', step_in: 'Handed in', step_ended: 'Ended', step_closes: 'The exam closes', step_marking: 'Marking', step_markingText: 'Choices are marked by the system, open answers by people.', step_result: 'Result', step_resultText: 'You find it under My exams as soon as it is released.', step_resultOut: 'It is released.',
    // nobody, nothing
    missingTitle: 'There is no such exam of yours', missingHelp: 'The address may be wrong, or you are logged in with another account.', loading: 'Opening your exam…', failedTitle: 'Your exam can not be opened right now', failedHelp: 'Nothing is lost. This page tries again by itself.', printed: 'Exam papers can not be printed. Everything you wrote is saved in your exam.',
    spokenState: 'Question {{ at }} of {{ total }}, {{ state }}. {{ left }} left. {{ save }}',
  },
  de: () => import('./messages.de.ts'),
});
