/** Every code that a refusal can carry, the same in SQL, workflows and HTTP. */
export type ProblemCode =
  | 'unauthenticated' | 'forbidden' | 'not-found' | 'method-not-allowed'
  | 'state-conflict' | 'already-exists' | 'version-conflict'
  | 'payload-too-large' | 'unsupported-media-type'
  | 'validation-failed' | 'idempotency-key-reused' | 'account-locked'
  | 'precondition-required' | 'rate-limited' | 'internal' | 'unavailable'
  | 'exam-not-open' | 'exam-closed' | 'late-entry-closed' | 'attempts-used'
  | 'session-closed' | 'session-paused' | 'deadline-passed' | 'item-locked'
  | 'published-exam-is-frozen' | 'not-enough-questions' | 'stale-revision'
  | 'wrong-access-code' | 'consent-required' | 'seb-required' | 'results-not-published'
  | 'not-assigned';

/** One wrong field: a JSON pointer into the request and what to do about it. */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

/** An expected "no": thrown where a transaction has to roll back, answered as a problem with its code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[] | undefined;
  readonly extra: Readonly<Record<string, unknown>>;

  /**
   * @param code the problem code
   * @param detail one sentence that says what to do
   * @param more wrong fields, and members that the code defines (`current`, `retryAfterSeconds`)
   */
  constructor(code: ProblemCode, detail: string, more: { errors?: readonly FieldError[]; extra?: Record<string, unknown> } = {}) {
    super(detail);
    this.code = code;
    this.errors = more.errors;
    this.extra = more.extra ?? {};
  }
}
