import type { ProblemCode } from '#domain/problem.ts';
import { z } from 'zod';

/** Status and title of every problem code: the only such table. Each is explained in docs/problems.md. */
export const PROBLEMS: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  unauthenticated: { status: 401, title: 'Log in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  'wrong-access-code': { status: 403, title: 'Wrong access code' },
  'consent-required': { status: 403, title: 'Consent is required' },
  'seb-required': { status: 403, title: 'Safe Exam Browser is required' },
  'results-not-published': { status: 403, title: 'Results are not published' },
  'not-found': { status: 404, title: 'Not found' },
  'not-assigned': { status: 404, title: 'Not assigned to this exam' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'state-conflict': { status: 409, title: 'Not possible in this state' },
  'already-exists': { status: 409, title: 'Already exists' },
  'exam-not-open': { status: 409, title: 'The exam is not open yet' },
  'exam-closed': { status: 409, title: 'The exam is closed' },
  'late-entry-closed': { status: 409, title: 'Late entry is over' },
  'attempts-used': { status: 409, title: 'No attempt is left' },
  'session-closed': { status: 409, title: 'The session is closed' },
  'session-paused': { status: 409, title: 'The session is paused' },
  'deadline-passed': { status: 409, title: 'Time is over' },
  'item-locked': { status: 409, title: 'This question is locked' },
  'published-exam-is-frozen': { status: 409, title: 'A published exam is frozen' },
  'not-enough-questions': { status: 409, title: 'Not enough questions to draw from' },
  'stale-revision': { status: 409, title: 'A newer answer is stored' },
  'version-conflict': { status: 412, title: 'Changed by somebody else' },
  'payload-too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'validation-failed': { status: 422, title: 'Some fields are wrong' },
  'idempotency-key-reused': { status: 422, title: 'The key was used for another request' },
  'account-locked': { status: 423, title: 'The account is locked for a while' },
  'precondition-required': { status: 428, title: 'A header is missing' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something broke on our side' },
  unavailable: { status: 503, title: 'Try again in a moment' },
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
