import { request } from '#web/lib/http.ts';

import type { SittingApi } from './types.ts';

const of = (sessionId: string): string => `/sessions/${sessionId}`;

/** The calls of the exam page over HTTP. */
export const sittingApi: SittingApi = {
  readSitting: (id) => request('GET', of(id)),
  readExam: (examId) => request('GET', `/exams/${examId}`),
  saveAnswer: (id, clientId, { itemId, ...answer }, options) => request('PUT', `${of(id)}/answers/${itemId}`, { body: { clientId, ...answer }, ...options }),
  saveAnswers: (id, clientId, answers, options) => request('POST', `${of(id)}/answers`, { body: { clientId, answers }, ...options }),
  savePlace: (id, place, options) => request('PUT', `${of(id)}/place`, { body: place, ...options }),
  submit: (id, key, body) => request('POST', `${of(id)}/submit`, { body, key }),
  acknowledge: (id, sessionVersion) => request('POST', `${of(id)}/acknowledgements`, { body: { sessionVersion } }),
  askForHelp: (id, key, reason) => request('POST', `${of(id)}/help-requests`, { body: { reason }, key }),
  observe: (id, observations, options) => request('POST', `${of(id)}/observations`, { body: { observations }, ...options }),
  listRefused: (id) => request('GET', `${of(id)}/refused-answers`, { query: { limit: 200 } }),
  probe: () => request('GET', '/time'),
};
