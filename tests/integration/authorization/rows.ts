import { randomUUID } from 'node:crypto';

import { singleChoice, windowIn } from '#tests/support/bank.ts';
import type { World } from './world.ts';

/** How one route is called: a path made for this call, a body, headers. */
export interface Row {
  /** nobody, own student, other student, own teacher, other teacher, proctor, admin: `-` 401, `x` 403, `0` 404, `+` anything else. */
  readonly verdicts: string;
  path(world: World): Promise<string> | string;
  readonly body?: (world: World) => unknown;
  readonly ifMatch?: number;
}

const reason = { reason: 'Because of the matrix' };
const ofSession = (rest: string) => async (world: World): Promise<string> => `/sessions/${(await world.session()).id}${rest}`;
const toMark = (rest: string) => async (world: World): Promise<string> => {
  const { id, itemId } = await world.answerToMark();
  return `/marking/answers/${id}/${itemId}${rest}`;
};
const ofItem = (rest: string) => async (world: World): Promise<string> => {
  const { examId, itemId } = await world.session();
  return `/exams/${examId}/items/${itemId}${rest}`;
};
const ofExam = (rest: string) => async (world: World): Promise<string> => `/exams/${await world.exam()}${rest}`;
const answerOf = async (world: World): Promise<string> => {
  const session = await world.session();
  return `/sessions/${session.id}/answers/${session.itemId}`;
};
const ofRegrade = (rest: string) => async (world: World): Promise<string> => {
  const { examId, itemId } = await world.session();
  const made = await world.cast.teacher.post(`/exams/${examId}/regrades`, { changes: [{ kind: 'drop', itemId }], ...reason });
  return `/regrades/${made.body.id}${rest}`;
};
const ofScan = (rest: string) => async (world: World): Promise<string> => `/plagiarism-scans/${(await world.plagiarism()).runId}${rest}`;
const ofCourse = (rest: string) => async (world: World): Promise<string> => `/batches/${await world.course()}${rest}`;
const ofOwnCourse = (rest: string) => async (world: World): Promise<string> => `/auth/me/achievements/courses/${await world.course()}${rest}`;
const conditions = [{ kind: 'score', minPercent: 50, exams: 1 }];
const fixed = (path: string) => (): string => path;

/** Every route, who may call it, and how. */
export const ROWS: Readonly<Record<string, Row>> = {
  'GET /config': { verdicts: '+++++++', path: fixed('/config') },
  'POST /auth/register': { verdicts: '+++++++', path: fixed('/auth/register'), body: () => ({ email: `${randomUUID()}@example.org`, name: 'New', password: 'a long enough password' }) },
  'POST /auth/login': { verdicts: '+++++++', path: fixed('/auth/login'), body: (world) => ({ email: world.cast.student.email, password: world.cast.student.password }) },
  'POST /auth/refresh': { verdicts: '-------', path: fixed('/auth/refresh'), body: () => ({ refreshToken: 'x'.repeat(43) }) },
  'GET /auth/me': { verdicts: '-++++++', path: fixed('/auth/me') },
  'PATCH /auth/me': { verdicts: '-++++++', path: fixed('/auth/me'), body: () => ({ timeZone: 'Europe/Berlin' }), ifMatch: 1 },
  'POST /auth/me/password': { verdicts: '-++++++', path: fixed('/auth/me/password'), body: () => ({ current: 'short', next: 'short' }) },
  'GET /auth/sessions': { verdicts: '-++++++', path: fixed('/auth/sessions') },
  'DELETE /auth/sessions/{authSessionId}': { verdicts: '-+00000', path: async (world) => `/auth/sessions/${await world.login()}` },

  'GET /users': { verdicts: '-xx++++', path: fixed('/users') },
  'POST /users': { verdicts: '-xxxxx+', path: fixed('/users'), body: () => ({ email: `${randomUUID()}@example.org`, name: 'New', roles: ['student'] }) },
  'POST /users/bulk': { verdicts: '-xxxxx+', path: fixed('/users/bulk'), body: () => ({ rows: [{ email: `${randomUUID()}@example.org`, name: 'New', roles: ['student'] }] }) },
  'PUT /users/by-external-id/{externalId}': { verdicts: '-xxxxx+', path: () => `/users/by-external-id/${randomUUID()}`, body: () => ({ email: `${randomUUID()}@example.org`, name: 'New', roles: ['student'] }) },
  'GET /users/{userId}': { verdicts: '-xx++++', path: async (world) => `/users/${await world.account()}` },
  'PATCH /users/{userId}': { verdicts: '-xxxxx+', path: async (world) => `/users/${await world.account()}`, body: () => ({ name: 'Other' }), ifMatch: 1 },
  'DELETE /users/{userId}': { verdicts: '-xxxxx+', path: async (world) => `/users/${await world.account()}` },
  'GET /users/{userId}/accommodations': { verdicts: '-xx++x+', path: async (world) => `/users/${await world.account()}/accommodations` },
  'PUT /users/{userId}/accommodations': { verdicts: '-xx++x+', path: async (world) => `/users/${await world.account()}/accommodations`, body: () => ({ timeMultiplier: '1.25', extraMinutes: 0, breakMinutes: 0, note: '' }) },

  'GET /batches': { verdicts: '-xx++++', path: fixed('/batches') },
  'POST /batches': { verdicts: '-xx++x+', path: fixed('/batches'), body: () => ({ name: randomUUID() }) },
  'PUT /batches/by-external-id/{externalId}': { verdicts: '-xx++x+', path: () => `/batches/by-external-id/${randomUUID()}`, body: () => ({ name: randomUUID() }) },
  'GET /batches/{batchId}': { verdicts: '-xx++++', path: async (world) => `/batches/${await world.batch()}` },
  'PATCH /batches/{batchId}': { verdicts: '-xx+xx+', path: async (world) => `/batches/${await world.batch()}`, body: () => ({ name: 'Other' }), ifMatch: 1 },
  'DELETE /batches/{batchId}': { verdicts: '-xx+xx+', path: async (world) => `/batches/${await world.batch()}` },
  'PUT /batches/{batchId}/students': { verdicts: '-xx+xx+', path: async (world) => `/batches/${await world.batch()}/students`, body: () => ({ studentIds: [] }) },
  'PUT /batches/{batchId}/students/{studentId}': { verdicts: '-xx+xx+', path: async (world) => `/batches/${await world.batch()}/students/${world.cast.student.id}` },
  'DELETE /batches/{batchId}/students/{studentId}': { verdicts: '-xx+xx+', path: (world) => world.member() },

  'GET /questions/export': { verdicts: '-xx++x+', path: fixed('/questions/export?format=gift') },
  'GET /questions/facets': { verdicts: '-xx++x+', path: fixed('/questions/facets') },
  'GET /questions': { verdicts: '-xx++x+', path: fixed('/questions') },
  'POST /questions': { verdicts: '-xx++x+', path: fixed('/questions'), body: () => singleChoice({ text: randomUUID() }) },
  'GET /questions/{questionId}': { verdicts: '-xx+0x+', path: async (world) => `/questions/${await world.question()}` },
  'PUT /questions/{questionId}': { verdicts: '-xx+0x+', path: async (world) => `/questions/${await world.question()}`, body: () => singleChoice({ text: randomUUID() }), ifMatch: 1 },
  'DELETE /questions/{questionId}': { verdicts: '-xx+0x+', path: async (world) => `/questions/${await world.question()}` },
  'POST /questions/{questionId}/restore': { verdicts: '-xx+0x+', path: async (world) => `/questions/${await world.question()}/restore` },
  'GET /questions/{questionId}/versions': { verdicts: '-xx+0x+', path: async (world) => `/questions/${await world.question()}/versions` },
  'POST /question-imports': { verdicts: '-xx++x+', path: fixed('/question-imports') },
  'GET /question-imports/{importId}': { verdicts: '-xx+0x+', path: async (world) => `/question-imports/${await world.questionImport()}` },
  'POST /question-imports/{importId}/commit': { verdicts: '-xx+0x+', path: async (world) => `/question-imports/${await world.questionImport()}/commit`, body: () => ({}) },
  'POST /media': { verdicts: '-xx++x+', path: fixed('/media') },
  'GET /media/{mediaId}': { verdicts: '-00++++', path: async (world) => `/media/${await world.medium()}` },

  'GET /exams': { verdicts: '-++++++', path: fixed('/exams') },
  'POST /exams': { verdicts: '-xx++x+', path: fixed('/exams'), body: () => ({ title: 'New', durationMinutes: 30 }) },
  'PUT /exams/by-external-id/{externalId}': { verdicts: '-xx++x+', path: () => `/exams/by-external-id/${randomUUID()}`, body: () => ({ title: 'New', durationMinutes: 30 }) },
  'GET /exams/{examId}': { verdicts: '-+0+0++', path: ofExam('') },
  'GET /exams/{examId}/calendar.ics': { verdicts: '-+0+0++', path: ofExam('/calendar.ics') },
  'PATCH /exams/{examId}': { verdicts: '-xx+0x+', path: async (world) => `/exams/${await world.draft()}`, body: () => ({ title: 'Other' }), ifMatch: 1 },
  'DELETE /exams/{examId}': { verdicts: '-xx+0x+', path: async (world) => `/exams/${await world.draft()}` },
  'GET /exams/{examId}/readiness': { verdicts: '-xx+0x+', path: async (world) => `/exams/${await world.draft()}/readiness` },
  'GET /exams/{examId}/preview': { verdicts: '-xx+0x+', path: async (world) => `/exams/${await world.draft()}/preview` },
  'POST /exams/{examId}/copies': { verdicts: '-xx+0x+', path: async (world) => `/exams/${await world.draft()}/copies`, body: () => ({}) },
  'POST /exams/{examId}/publish': { verdicts: '-xx+0x+', path: async (world) => `/exams/${await world.draft()}/publish`, body: () => ({}) },
  'PUT /exams/{examId}/window': { verdicts: '-xx+0x+', path: async (world) => `/exams/${await world.draft()}/window`, body: () => ({ ...windowIn(60, 180), ...reason }) },
  'GET /exams/{examId}/assignments': { verdicts: '-xx+0++', path: ofExam('/assignments') },
  'POST /exams/{examId}/assignments': { verdicts: '-xx+0x+', path: ofExam('/assignments'), body: (world) => ({ studentIds: [world.cast.student.id] }) },
  'POST /exams/{examId}/assignments/remove': { verdicts: '-xx+0x+', path: ofExam('/assignments/remove'), body: (world) => ({ studentIds: [world.cast.student.id] }) },

  'POST /exams/{examId}/sessions': { verdicts: '-+0xxxx', path: ofExam('/sessions'), body: () => ({}) },
  'GET /sessions/{sessionId}': { verdicts: '-+0+0++', path: ofSession('') },
  'PUT /sessions/{sessionId}/place': { verdicts: '-+0xxxx', path: ofSession('/place'), body: () => ({ currentItemId: null, seen: [], flagged: [], notes: {}, clientSeq: 1 }) },
  'PUT /sessions/{sessionId}/answers/{itemId}': { verdicts: '-+0xxxx', path: answerOf, body: () => ({ response: null, clientId: randomUUID(), clientSeq: 1, baseRevision: 0 }) },
  'POST /sessions/{sessionId}/answers': { verdicts: '-+0xxxx', path: ofSession('/answers'), body: () => ({ clientId: randomUUID(), answers: [] }) },
  'POST /sessions/{sessionId}/submit': { verdicts: '-+0xxxx', path: ofSession('/submit'), body: () => ({}) },
  'GET /sessions/{sessionId}/refused-answers': { verdicts: '-+0+0x+', path: ofSession('/refused-answers') },
  'POST /sessions/{sessionId}/observations': { verdicts: '-+0xxxx', path: ofSession('/observations'), body: () => ({ observations: [{ kind: 'tab-hidden', at: new Date().toISOString(), detail: {} }] }) },
  'POST /sessions/{sessionId}/help-requests': { verdicts: '-+0xxxx', path: ofSession('/help-requests'), body: () => ({ reason: 'My screen is dark' }) },
  'POST /sessions/{sessionId}/acknowledgements': { verdicts: '-+0xxxx', path: ofSession('/acknowledgements'), body: () => ({ sessionVersion: 1 }) },
  'POST /sessions/{sessionId}/files': { verdicts: '-+0xxxx', path: ofSession('/files') },
  'GET /sessions/{sessionId}/files/{fileId}': { verdicts: '-+0+0x+', path: (world) => world.file() },
  'GET /sessions/{sessionId}/timeline': { verdicts: '-+0+0++', path: ofSession('/timeline') },
  'GET /sessions/{sessionId}/result': { verdicts: '-x0+0x+', path: ofSession('/result') },
  'GET /sessions/{sessionId}/stream': { verdicts: '-+0+0++', path: ofSession('/stream') },
  'GET /exams/{examId}/stream': { verdicts: '-xx+0++', path: ofExam('/stream') },
  'GET /stream': { verdicts: '-+0+0++', path: async (world) => `/stream?topics=session:${(await world.session()).id}` },
  'GET /time': { verdicts: '+++++++', path: fixed('/time') },

  'POST /exams/{examId}/time-changes': { verdicts: '-xx+0++', path: ofExam('/time-changes'), body: () => ({ kind: 'extend', seconds: 60, scope: { all: true }, ...reason }) },
  'GET /exams/{examId}/time-changes': { verdicts: '-xx+0++', path: ofExam('/time-changes') },
  'GET /exams/{examId}/time-changes/{commandId}': { verdicts: '-xx+0++', path: (world) => world.timeChange() },
  'POST /sessions/{sessionId}/pause': { verdicts: '-xx+0++', path: ofSession('/pause'), body: () => reason },
  'POST /sessions/{sessionId}/resume': { verdicts: '-xx+0++', path: ofSession('/resume'), body: () => reason },
  'POST /sessions/{sessionId}/terminate': { verdicts: '-xx+0++', path: ofSession('/terminate'), body: () => reason },
  'POST /sessions/{sessionId}/withdraw': { verdicts: '-xx+0x+', path: ofSession('/withdraw'), body: () => reason },
  'POST /sessions/{sessionId}/reopen': { verdicts: '-xx+0x+', path: ofSession('/reopen'), body: () => ({ seconds: 60, ...reason }) },
  'POST /sessions/{sessionId}/extensions': { verdicts: '-xx+0++', path: ofSession('/extensions'), body: () => ({ seconds: 60, ...reason }) },
  'GET /sessions/{sessionId}/commands/{commandId}': { verdicts: '-xx+0++', path: async (world) => {
    const { id } = await world.session();
    const made = await world.cast.teacher.post(`/sessions/${id}/extensions`, { seconds: 60, ...reason });
    return `/sessions/${id}/commands/${made.body.commandId}`;
  } },
  'POST /sessions/{sessionId}/messages': { verdicts: '-xx+0++', path: ofSession('/messages'), body: () => ({ text: 'Hello' }) },
  'POST /exams/{examId}/messages': { verdicts: '-xx+0++', path: ofExam('/messages'), body: () => ({ text: 'Hello', scope: { all: true } }) },
  'GET /exams/{examId}/sessions': { verdicts: '-xx+0++', path: ofExam('/sessions') },
  'GET /sessions/{sessionId}/review': { verdicts: '-xx+0++', path: ofSession('/review') },
  'GET /sessions/{sessionId}/answers': { verdicts: '-xx+0++', path: ofSession('/answers') },
  'GET /sessions/{sessionId}/answers/{itemId}/revisions': { verdicts: '-xx+0++', path: async (world) => `${await answerOf(world)}/revisions` },
  'GET /exams/{examId}/session-counts': { verdicts: '-xx+0++', path: ofExam('/session-counts') },
  'GET /exams/{examId}/incidents': { verdicts: '-xx+0++', path: ofExam('/incidents') },
  'GET /exams/{examId}/help-requests': { verdicts: '-xx+0++', path: ofExam('/help-requests') },
  'POST /help-requests/{helpRequestId}/claim': { verdicts: '-xx+0++', path: async (world) => `/help-requests/${await world.helpRequest()}/claim`, body: () => ({}) },
  'POST /help-requests/{helpRequestId}/resolve': { verdicts: '-xx+0++', path: async (world) => `/help-requests/${await world.helpRequest()}/resolve`, body: () => ({}) },
  'GET /exams/{examId}/outages': { verdicts: '-xx+0++', path: ofExam('/outages') },
  'GET /exams/{examId}/close-out': { verdicts: '-xx+0++', path: ofExam('/close-out') },

  'GET /marking/exams': { verdicts: '-xx++x+', path: fixed('/marking/exams') },
  'GET /exams/{examId}/marking': { verdicts: '-xx+0x+', path: ofExam('/marking') },
  'GET /exams/{examId}/marking/settings': { verdicts: '-xx+0x+', path: ofExam('/marking/settings') },
  'PUT /exams/{examId}/marking/settings': { verdicts: '-xx+0x+', path: ofExam('/marking/settings'), body: () => ({ anonymous: true, secondMarking: 'none', differenceThreshold: '0', leaseMinutes: 15, graders: [] }), ifMatch: 1 },
  'POST /exams/{examId}/marking/allocate': { verdicts: '-xx+0x+', path: ofExam('/marking/allocate'), body: () => ({}) },
  'GET /exams/{examId}/marking/flags': { verdicts: '-xx+0x+', path: ofExam('/marking/flags') },
  'POST /exams/{examId}/marking/next': { verdicts: '-xx+0x+', path: ofExam('/marking/next'), body: () => ({}) },
  'GET /exams/{examId}/marking/items/{itemId}/answers': { verdicts: '-xx+0x+', path: async (world) => {
    const { examId, itemId } = await world.answerToMark();
    return `/exams/${examId}/marking/items/${itemId}/answers`;
  } },
  'GET /sessions/{sessionId}/marking': { verdicts: '-xx+0x+', path: async (world) => `/sessions/${(await world.answerToMark()).id}/marking` },
  'GET /marking/answers/{sessionId}/{itemId}': { verdicts: '-xx+0x+', path: toMark('') },
  'PUT /marking/answers/{sessionId}/{itemId}': { verdicts: '-xx+0x+', path: toMark(''), body: () => ({ role: 'first', points: '1', closedVersion: 1, version: 0 }) },
  'PUT /marking/answers/{sessionId}/{itemId}/draft': { verdicts: '-xx+0x+', path: toMark('/draft'), body: () => ({ role: 'first', closedVersion: 1 }) },
  'POST /marking/answers/{sessionId}/{itemId}/lease': { verdicts: '-xx+0x+', path: toMark('/lease'), body: () => ({}) },
  'PUT /marking/answers/{sessionId}/{itemId}/flag': { verdicts: '-xx+0x+', path: toMark('/flag'), body: () => ({ note: 'Talk about it' }) },
  'DELETE /marking/answers/{sessionId}/{itemId}/flag': { verdicts: '-xx+0x+', path: toMark('/flag') },
  'POST /marking/answers/{sessionId}/{itemId}/reconcile': { verdicts: '-xx+0x+', path: toMark('/reconcile'), body: () => ({ points: '1', closedVersion: 1 }) },
  'GET /marking/answers/{sessionId}/{itemId}/files/{fileId}': { verdicts: '-xx00x0', path: toMark('/files/01990000-0000-7000-8000-000000000001') },
  'POST /marking/leases/{leaseId}/release': { verdicts: '-xx+0x+', path: async (world) => {
    const { id, itemId } = await world.answerToMark();
    const { body } = await world.cast.teacher.post(`/marking/answers/${id}/${itemId}/lease`, {});
    return `/marking/leases/${body.lease.id}/release`;
  }, body: () => ({}) },
  'GET /exams/{examId}/items/{itemId}/rubric': { verdicts: '-xx+0x+', path: ofItem('/rubric') },
  'PUT /exams/{examId}/items/{itemId}/rubric': { verdicts: '-xx+0x+', path: ofItem('/rubric'), body: () => ({ kind: 'additive', criteria: [] }), ifMatch: 0 },
  'GET /exams/{examId}/items/{itemId}/comments': { verdicts: '-xx+0x+', path: ofItem('/comments') },
  'POST /exams/{examId}/items/{itemId}/comments': { verdicts: '-xx+0x+', path: ofItem('/comments'), body: () => ({ text: 'Name an example.' }) },
  'DELETE /exams/{examId}/items/{itemId}/comments/{commentId}': { verdicts: '-xx+0x+', path: async (world) => {
    const path = await ofItem('/comments')(world);
    return `${path}/${(await world.cast.teacher.post(path, { text: 'Name an example.' })).body.id}`;
  } },

  'POST /exams/{examId}/results/publish': { verdicts: '-xx+0x+', path: ofExam('/results/publish'), body: () => ({}) },
  'POST /exams/{examId}/results/unpublish': { verdicts: '-xx+0x+', path: ofExam('/results/unpublish'), body: () => ({}) },
  'POST /sessions/{sessionId}/result/withhold': { verdicts: '-xx+0x+', path: ofSession('/result/withhold'), body: () => reason },
  'POST /sessions/{sessionId}/result/release': { verdicts: '-xx+0x+', path: ofSession('/result/release'), body: () => reason },
  'GET /exams/{examId}/results/summary': { verdicts: '-xx+0x+', path: ofExam('/results/summary') },
  'GET /exams/{examId}/statistics': { verdicts: '-xx+0x+', path: ofExam('/statistics') },
  'GET /exams/{examId}/statistics/items': { verdicts: '-xx+0x+', path: ofExam('/statistics/items') },
  'GET /exams/{examId}/statistics/export': { verdicts: '-xx+0x+', path: ofExam('/statistics/export') },
  'GET /users/{userId}/statistics': { verdicts: '-xx++x+', path: async (world) => `/users/${await world.account()}/statistics` },
  'GET /batches/{batchId}/gamification': { verdicts: '-xx+xx+', path: ofCourse('/gamification') },
  'PUT /batches/{batchId}/gamification': { verdicts: '-xx+xx+', path: ofCourse('/gamification'), body: () => ({ enabled: true, points: true, leaderboard: true, badges: [], timeZone: 'UTC', termStartsOn: null }), ifMatch: 1 },
  'GET /batches/{batchId}/gamification/badges': { verdicts: '-xx+xx+', path: ofCourse('/gamification/badges') },
  'GET /batches/{batchId}/gamification/leaderboard': { verdicts: '-xx+xx+', path: ofCourse('/gamification/leaderboard') },
  'DELETE /batches/{batchId}/gamification/names/{studentId}': { verdicts: '-xx+xx+', path: async (world) => `/batches/${await world.course()}/gamification/names/${world.cast.student.id}` },
  'GET /batches/{batchId}/achievement-rules': { verdicts: '-xx+xx+', path: ofCourse('/achievement-rules') },
  'POST /batches/{batchId}/achievement-rules': { verdicts: '-xx+xx+', path: ofCourse('/achievement-rules'), body: () => ({ name: 'Half', conditions }) },
  'POST /batches/{batchId}/achievement-rules/preview': { verdicts: '-xx+xx+', path: ofCourse('/achievement-rules/preview'), body: () => ({ conditions }) },
  'PUT /batches/{batchId}/achievement-rules/{ruleId}': { verdicts: '-xx+xx+', path: (world) => world.achievementRule(), body: () => ({ name: 'Half', conditions }), ifMatch: 1 },
  'DELETE /batches/{batchId}/achievement-rules/{ruleId}': { verdicts: '-xx+xx+', path: (world) => world.achievementRule() },
  'GET /auth/me/achievements': { verdicts: '-++xxxx', path: fixed('/auth/me/achievements') },
  'GET /auth/me/achievements/courses': { verdicts: '-++xxxx', path: fixed('/auth/me/achievements/courses') },
  'GET /auth/me/achievements/courses/{batchId}/leaderboard': { verdicts: '-+0xxxx', path: ofOwnCourse('/leaderboard') },
  'POST /auth/me/achievements/courses/{batchId}/seen': { verdicts: '-+0xxxx', path: ofOwnCourse('/seen'), body: () => ({ badges: ['perfect'] }) },
  'PUT /auth/me/achievements/preferences': { verdicts: '-++xxxx', path: fixed('/auth/me/achievements/preferences'), body: () => ({ optedOut: false, shownAs: 'initials' }) },
  'GET /auth/me/statistics': { verdicts: '-++xxxx', path: fixed('/auth/me/statistics') },
  'GET /admin/statistics': { verdicts: '-xxxxx+', path: fixed('/admin/statistics') },
  'GET /exams/{examId}/results/export': { verdicts: '-xx+0x+', path: ofExam('/results/export') },
  'GET /exams/{examId}/grade-scale': { verdicts: '-xx+0x+', path: ofExam('/grade-scale') },
  'PUT /exams/{examId}/grade-scale': { verdicts: '-xx+0x+', path: ofExam('/grade-scale'), body: () => ({ kind: 'letters' }), ifMatch: 0 },
  'GET /exams/{examId}/moderations': { verdicts: '-xx+0x+', path: ofExam('/moderations') },
  'POST /exams/{examId}/moderations': { verdicts: '-xx+0x+', path: ofExam('/moderations'), body: () => ({ kind: 'add', points: '1', ...reason }) },
  'POST /exams/{examId}/moderations/{moderationId}/undo': { verdicts: '-xx+0x+', path: async (world) => {
    const examId = await world.exam();
    const made = await world.cast.teacher.post(`/exams/${examId}/moderations`, { kind: 'add', points: '1', ...reason });
    return `/exams/${examId}/moderations/${made.body.id}/undo`;
  }, body: () => reason },
  'GET /exams/{examId}/moderations/preview': { verdicts: '-xx+0x+', path: ofExam('/moderations/preview?kind=add&amount=1') },
  'GET /exams/{examId}/items': { verdicts: '-xx+0x+', path: ofExam('/items') },
  'POST /exams/{examId}/regrades': { verdicts: '-xx+0x+', path: ofExam('/regrades'), body: () => ({ changes: [{ kind: 'drop', itemId: randomUUID() }], ...reason }) },
  'GET /exams/{examId}/regrades': { verdicts: '-xx+0x+', path: ofExam('/regrades') },
  'GET /regrades/{regradeId}': { verdicts: '-xx+0x+', path: ofRegrade('') },
  'GET /regrades/{regradeId}/changes': { verdicts: '-xx+0x+', path: ofRegrade('/changes') },
  'POST /regrades/{regradeId}/recompute': { verdicts: '-xx+0x+', path: ofRegrade('/recompute'), body: () => ({}) },
  'POST /regrades/{regradeId}/apply': { verdicts: '-xx+0x+', path: ofRegrade('/apply'), body: () => ({}) },
  'POST /regrades/{regradeId}/discard': { verdicts: '-xx+0x+', path: ofRegrade('/discard'), body: () => ({}) },
  'POST /sessions/{sessionId}/appeals': { verdicts: '-x0xxxx', path: ofSession('/appeals'), body: () => ({ text: 'I wrote more' }) },
  'GET /sessions/{sessionId}/appeals': { verdicts: '-+0+0x+', path: ofSession('/appeals') },
  'POST /appeals/{appealId}/withdraw': { verdicts: '-+0xxxx', path: async (world) => `/appeals/${await world.appeal()}/withdraw`, body: () => ({}) },
  'GET /exams/{examId}/appeals': { verdicts: '-xx+0x+', path: ofExam('/appeals') },
  'GET /appeals': { verdicts: '-xx++x+', path: fixed('/appeals') },
  'GET /appeals/{appealId}': { verdicts: '-xx+0x+', path: async (world) => `/appeals/${await world.appeal()}` },
  'GET /appeals/{appealId}/files/{fileId}': { verdicts: '-xx00x0', path: async (world) => `/appeals/${await world.appeal()}/files/01990000-0000-7000-8000-000000000001` },
  'POST /appeals/{appealId}/assign': { verdicts: '-xx+0x+', path: async (world) => `/appeals/${await world.appeal()}/assign`, body: (world) => ({ reviewerId: world.cast.otherTeacher.id }) },
  'POST /appeals/{appealId}/decide': { verdicts: '-xx+0x+', path: async (world) => `/appeals/${await world.appeal()}/decide`, body: () => ({ outcome: 'rejected', ...reason }) },
  'GET /results': { verdicts: '-++xxxx', path: fixed('/results') },
  'GET /exams/{examId}/results': { verdicts: '-xx+0x+', path: ofExam('/results') },
  'PUT /sessions/{sessionId}/marks/{itemId}': { verdicts: '-xx+0x+', path: async (world) => {
    const { id, itemId } = await world.session();
    return `/sessions/${id}/marks/${itemId}`;
  }, body: () => ({ points: '1', version: 1 }) },
  'POST /exams/{examId}/reports': { verdicts: '-xx+0x+', path: ofExam('/reports'), body: () => ({ kind: 'class' }) },
  'GET /exams/{examId}/reports': { verdicts: '-xx+0x+', path: ofExam('/reports') },
  'GET /reports/{reportId}': { verdicts: '-xx+0x+', path: async (world) => `/reports/${(await world.report()).id}` },
  'POST /reports/{reportId}/regenerate': { verdicts: '-xx+0x+', path: async (world) => `/reports/${(await world.report()).id}/regenerate`, body: () => ({}) },
  'DELETE /reports/{reportId}': { verdicts: '-xx+0x+', path: async (world) => `/reports/${(await world.report()).id}` },
  'GET /exams/{examId}/report-runs': { verdicts: '-xx+0x+', path: ofExam('/report-runs') },
  'GET /runs/{runId}/report-failures': { verdicts: '-xx+0x+', path: async (world) => `/runs/${(await world.report()).runId}/report-failures` },
  'GET /runs/{runId}/reports.zip': { verdicts: '-xx+0x+', path: async (world) => `/runs/${(await world.report()).runId}/reports.zip` },
  'GET /sessions/{sessionId}/report': { verdicts: '-x0xxxx', path: ofSession('/report') },
  'POST /sessions/{sessionId}/report': { verdicts: '-x0xxxx', path: ofSession('/report'), body: () => ({}) },
  'GET /sessions/{sessionId}/report.pdf': { verdicts: '-x0xxxx', path: ofSession('/report.pdf') },
  'GET /admin/institution': { verdicts: '-xxxxx+', path: fixed('/admin/institution') },
  'PUT /admin/institution': { verdicts: '-xxxxx+', path: fixed('/admin/institution'), body: () => ({ name: 'X', colour: '#123456', logoMediaId: null, address: '', footer: '', reportDays: 30, letters: [{ label: 'A', from: '0' }] }), ifMatch: 1 },

  'POST /exams/{examId}/grading-runs': { verdicts: '-xx+0x+', path: ofExam('/grading-runs'), body: () => ({}) },
  'GET /exams/{examId}/grading-runs': { verdicts: '-xx+0x+', path: ofExam('/grading-runs') },
  'POST /exams/{examId}/plagiarism-scans': { verdicts: '-xx+0x+', path: ofExam('/plagiarism-scans'), body: () => ({}) },
  'GET /exams/{examId}/plagiarism-scans': { verdicts: '-xx+0x+', path: ofExam('/plagiarism-scans') },
  'GET /plagiarism-scans/{runId}': { verdicts: '-xx+0x+', path: ofScan('') },
  'GET /plagiarism-scans/{runId}/pairs': { verdicts: '-xx+0x+', path: ofScan('/pairs') },
  'GET /plagiarism-scans/{runId}/clusters': { verdicts: '-xx+0x+', path: ofScan('/clusters') },
  'GET /plagiarism-pairs/{pairId}': { verdicts: '-xx+0x+', path: async (world) => `/plagiarism-pairs/${(await world.plagiarism()).pairId}` },
  'POST /plagiarism-pairs/{pairId}/decision': {
    verdicts: '-xx+0x+', path: async (world) => `/plagiarism-pairs/${(await world.plagiarism()).pairId}/decision`, body: () => ({ state: 'dismissed', version: 1 }),
  },
  'POST /plagiarism-pairs/{pairId}/notices': {
    verdicts: '-xx+0x+', path: async (world) => `/plagiarism-pairs/${(await world.plagiarism()).pairId}/notices`, body: () => ({ sessionId: randomUUID(), text: 'Please come and see me.', version: 1 }),
  },
  'POST /plagiarism-pairs/{pairId}/incident': {
    verdicts: '-xx+0x+', path: async (world) => `/plagiarism-pairs/${(await world.plagiarism()).pairId}/incident`, body: () => ({ version: 1 }),
  },
  'GET /auth/me/notices': { verdicts: '-++xxxx', path: fixed('/auth/me/notices') },
  'POST /auth/me/notices/{noticeId}/read': { verdicts: '-+0xxxx', path: async (world) => `/auth/me/notices/${await world.notice()}/read` },
  'GET /runs/{runId}': { verdicts: '-xx+0x+', path: async (world) => `/runs/${await world.run()}` },
  'POST /runs/{runId}/pause': { verdicts: '-xx+0x+', path: async (world) => `/runs/${await world.run()}/pause`, body: () => ({}) },
  'POST /runs/{runId}/resume': { verdicts: '-xx+0x+', path: async (world) => `/runs/${await world.run()}/resume`, body: () => ({}) },
  'POST /runs/{runId}/retry': { verdicts: '-xx+0x+', path: async (world) => `/runs/${await world.run()}/retry`, body: () => ({}) },
  'POST /runs/{runId}/cancel': { verdicts: '-xx+0x+', path: async (world) => `/runs/${await world.run()}/cancel`, body: () => ({}) },

  'GET /admin/health': { verdicts: '-xxxxx+', path: fixed('/admin/health') },
  'GET /admin/health/history': { verdicts: '-xxxxx+', path: fixed('/admin/health/history') },
  'GET /admin/audit/export': { verdicts: '-xxxxx+', path: fixed('/admin/audit/export?resourceType=nothing') },
  'GET /admin/audit': { verdicts: '-xxxxx+', path: fixed('/admin/audit') },
  'GET /admin/outages': { verdicts: '-xxxxx+', path: fixed('/admin/outages') },
  'GET /admin/workflows': { verdicts: '-xxxxx+', path: fixed('/admin/workflows') },
  'GET /admin/workflows/{workflowId}': { verdicts: '-xxxxx+', path: async (world) => `/admin/workflows/exam-session-${(await world.session()).id}` },
  'GET /admin/workflows/{workflowId}/history': { verdicts: '-xxxxx+', path: async (world) => `/admin/workflows/exam-session-${(await world.session()).id}/history` },
  'POST /admin/workflows/{workflowId}/nudge': { verdicts: '-xxxxx+', path: async (world) => `/admin/workflows/exam-session-${(await world.session()).id}/nudge`, body: () => reason },
  'POST /admin/workflows/{workflowId}/cancel': { verdicts: '-xxxxx+', path: async (world) => `/admin/workflows/exam-session-${(await world.session()).id}/cancel`, body: () => reason },

  'GET /mails': { verdicts: '-xxxxx+', path: fixed('/mails') },
  'GET /mails/summary': { verdicts: '-xxxxx+', path: fixed('/mails/summary') },
  'POST /mails/resend': { verdicts: '-xxxxx+', path: fixed('/mails/resend'), body: () => ({ state: 'failed' }) },
  'POST /mails/{mailId}/resend': { verdicts: '-xxxxx0', path: () => `/mails/${randomUUID()}/resend` },
  'GET /mail-templates': { verdicts: '-xxxxx+', path: fixed('/mail-templates') },
  'GET /mail-templates/{template}/preview': { verdicts: '-xxxxx+', path: fixed('/mail-templates/result-published/preview') },
  'GET /mailbox': { verdicts: '-xxxxx+', path: fixed('/mailbox') },
  'GET /mailbox/{number}': { verdicts: '-xxxxx0', path: fixed('/mailbox/1') },
  'GET /auth/me/mails': { verdicts: '-++++++', path: fixed('/auth/me/mails') },
  'PUT /auth/me/mails': { verdicts: '-++++++', path: fixed('/auth/me/mails'), body: () => ({ optional: true }) },

  // last: it ends the log-ins that the other rows use
  'POST /auth/logout': { verdicts: '-++++++', path: fixed('/auth/logout'), body: () => ({ refreshToken: 'x'.repeat(43) }) },
};
