import type { Answer } from '../api.ts';

/** An answer without any mark, for tests. */
export function makeAnswer(change: Partial<Answer> = {}): Answer {
  return {
    examId: 'exam', sessionId: 'session', itemId: 'item', closedVersion: 1, code: 'K7Q', number: 1, student: null, state: 'first', role: 'first',
    question: { type: 'essay', text: { format: 'plain', value: 'Why?' }, media: [], key: {}, explanation: null } as Answer['question'],
    maxPoints: '6', response: { text: 'Because the code is redundant.', format: 'plain' }, text: 'Because the code is redundant.', wordCount: 5, revisions: 1, savedAt: null, files: [],
    rubric: {
      itemId: 'item', version: 3, kind: 'additive', highest: '3', maxPoints: '6', editedBy: null, editedAt: null, olderMarks: 0,
      criteria: [{ id: 'a', label: 'Names it', description: '', points: '1' }, { id: 'b', label: 'Explains it', description: '', points: '2' }],
    },
    usedRubric: null, own: null, marks: [], draft: null, effective: null, flags: [], lease: null, version: 0, mayReconcile: false, ...change,
  };
}
