import type { ProblemCode } from '#domain/problem.ts';

/** What the API says when it refuses: RFC 9457 with our members. */
export interface ProblemBody {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { pointer: string; message: string }[];
  readonly [member: string]: unknown;
}

/** A refusal of the API, with everything that it said. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly body: ProblemBody;
  /** How long to wait before another try, milliseconds; undefined when nothing was said. */
  readonly retryAfterMs: number | undefined;

  constructor(body: ProblemBody, retryAfterMs?: number) {
    super(body.detail);
    this.body = body;
    this.retryAfterMs = retryAfterMs;
  }

  get code(): ProblemCode {
    return this.body.code;
  }

  get status(): number {
    return this.body.status;
  }

  get detail(): string {
    return this.body.detail;
  }

  get errors(): readonly { pointer: string; message: string }[] {
    return this.body.errors ?? [];
  }

  get requestId(): string {
    return this.body.requestId;
  }

  /** What is wrong with one field of the request, by its JSON pointer such as "/title". */
  fieldError(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.message;
  }
}

/** The server did not answer: no network, or nobody there. */
export class Offline extends Error {
  override readonly name = 'Offline';
}

/** Whether something thrown is a refusal with one of these codes. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): error is ApiProblem {
  return error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code));
}
