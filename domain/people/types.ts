import type { Role } from './roles.ts';

/** An account as everything but the log-in sees it. */
export interface User {
  readonly id: string;
  /** The id that the university's own system gives the person. */
  readonly externalId: string | null;
  /** Lower case; unique. */
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
  /** IANA zone. */
  readonly timeZone: string;
  /** BCP 47 language tag. */
  readonly locale: string;
  readonly createdAtMs: number;
  readonly version: number;
}

/** What can be set on an account; an absent member stays as it is. */
export interface UserChange {
  readonly externalId?: string | null | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly disabled?: boolean | undefined;
  readonly timeZone?: string | undefined;
  readonly locale?: string | undefined;
}

/** What a new account starts with. */
export interface NewUser extends UserChange {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Standing arrangements of one student; they shape sessions that start later, never one that runs. */
export interface Accommodations {
  /** Decimal text, 1 to 5: the working time is multiplied by it. */
  readonly timeMultiplier: string;
  readonly extraMinutes: number;
  readonly breakMinutes: number;
  readonly note: string;
}

/** A group of students. */
export interface Batch {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string;
  readonly description: string;
  readonly ownerId: string;
  readonly active: boolean;
  readonly studentCount: number;
  readonly version: number;
}

/** What can be set on a batch; an absent member stays as it is. */
export interface BatchChange {
  readonly externalId?: string | null | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly active?: boolean | undefined;
}
