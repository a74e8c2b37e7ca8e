import type { ProblemCode } from '#domain/problem.ts';
import { z } from 'zod';

/** What a code means: HTTP status, short title, and what to do about it (Markdown, one line). */
export interface ProblemMeaning {
  readonly status: number;
  readonly title: string;
  readonly help: string;
}

/** Every problem code: the only such table. `docs/problems.md` and the page at `/docs/problems` are made from it. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemMeaning>> = {
  unauthenticated: {
    status: 401,
    title: 'Log in first',
    help: 'There is no access token, or it has ended or was revoked. Log in, or use the refresh token once for a new pair.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    help: 'You are known, and this is not for your role. With cookies, an unsafe request also needs the header `X-Requested-By: holdfast`.',
  },
  'wrong-access-code': {
    status: 403,
    title: 'Wrong access code',
    help: 'The exam asks for an access code and this was not it. After five wrong ones in a minute the answer is `rate-limited`.',
  },
  'consent-required': {
    status: 403,
    title: 'Consent is required',
    help: 'The exam asks for a consent that was not given.',
  },
  'seb-required': {
    status: 403,
    title: 'Safe Exam Browser is required',
    help: 'The exam can only be sat in Safe Exam Browser.',
  },
  'results-not-published': {
    status: 403,
    title: 'Results are not published',
    help: 'The exam has no published results, this result is withheld, or it is being graded anew.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    help: 'There is no such thing, or none that you may see: both look the same on purpose.',
  },
  'not-assigned': {
    status: 404,
    title: 'Not assigned to this exam',
    help: 'The exam does not exist, or you are not assigned to it.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    help: 'The address exists, the method does not. The `Allow` header lists what does.',
  },
  'state-conflict': {
    status: 409,
    title: 'Not possible in this state',
    help: 'The thing is in a state that does not allow this. `detail` names the state; load it again.',
  },
  'already-exists': {
    status: 409,
    title: 'Already exists',
    help: 'Something with the same identity (e-mail, external id) exists.',
  },
  'exam-not-open': {
    status: 409,
    title: 'The exam is not open yet',
    help: 'The window has not opened. Nothing of the paper leaves the server before `opensAt`.',
  },
  'exam-closed': {
    status: 409,
    title: 'The exam is closed',
    help: 'The window is over, or the exam was cancelled.',
  },
  'late-entry-closed': {
    status: 409,
    title: 'Late entry is over',
    help: 'The window is open, but the time in which a session can be started is over.',
  },
  'attempts-used': {
    status: 409,
    title: 'No attempt is left',
    help: 'Every attempt that the exam allows was used.',
  },
  'session-closed': {
    status: 409,
    title: 'The session is closed',
    help: 'The session was handed in, ended, terminated or withdrawn. The refused text is kept: `GET /sessions/{id}/refused-answers`.',
  },
  'session-paused': {
    status: 409,
    title: 'The session is paused',
    help: 'The session is on hold. The refused text is kept; go on when the stream says `resumed`.',
  },
  'deadline-passed': {
    status: 409,
    title: 'Time is over',
    help: 'The deadline and the grace are over by the clock of the database. The refused text is kept.',
  },
  'item-locked': {
    status: 409,
    title: 'This question is locked',
    help: 'The exam only goes forward, and this question is behind you or not yet reached.',
  },
  'published-exam-is-frozen': {
    status: 409,
    title: 'A published exam is frozen',
    help: 'What a published exam asks can not change; results settings, warnings, the window and time changes can.',
  },
  'not-enough-questions': {
    status: 409,
    title: 'Not enough questions to draw from',
    help: 'A section draws more questions from a tag than the tag holds. `errors` names the section.',
  },
  'stale-revision': {
    status: 409,
    title: 'A newer answer is stored',
    help: 'Another window saved a newer answer. `current` holds it; the refused text is kept. Send again with `baseRevision` = `current.revision` to overwrite it on purpose.',
  },
  'version-conflict': {
    status: 412,
    title: 'Changed by somebody else',
    help: '`If-Match` is not the version that is stored. Load it again and repeat the change.',
  },
  'payload-too-large': {
    status: 413,
    title: 'Too large',
    help: 'The body or the file is larger than this route takes; `detail` names the limit.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    help: 'Send JSON as `application/json`, files as `multipart/form-data`.',
  },
  'validation-failed': {
    status: 422,
    title: 'Some fields are wrong',
    help: 'Some fields are wrong. `errors` names each with a JSON pointer into the body, the query or the headers.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The key was used for another request',
    help: 'The same `Idempotency-Key` came with another request before. A new command needs a fresh UUID.',
  },
  'account-locked': {
    status: 423,
    title: 'The account is locked for a while',
    help: 'Too many wrong passwords came from devices that the account does not know. `Retry-After` tells how long; a known device is not held up.',
  },
  'precondition-required': {
    status: 428,
    title: 'A header is missing',
    help: 'The request needs the header `Idempotency-Key` or `If-Match`; `detail` says which.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    help: 'Too many requests in this minute. `Retry-After` tells when to go on; the `RateLimit-*` headers tell what is left.',
  },
  internal: {
    status: 500,
    title: 'Something broke on our side',
    help: 'A fault of ours. It is in the log under `requestId`.',
  },
  unavailable: {
    status: 503,
    title: 'Try again in a moment',
    help: 'The database, the row or a worker can not be had right now. Nothing was half-done: send the same request again.',
  },
};

/** An error reply: RFC 9457 with our members. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .loose()
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;
