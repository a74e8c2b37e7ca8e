/** Why a value is null, or has to be read with care. */
export type Reason =
  | 'no-data'
  | 'too-few-sessions'
  | 'too-few-items'
  | 'zero-variance'
  | 'item-without-variance'
  | 'no-points'
  | 'not-dichotomous'
  | 'different-items'
  | 'negative-covariance'
  | 'no-times'
  | 'no-answers'
  | 'items-never-together'
  | 'negative-reliability'
  | 'not-converged'
  | 'no-pass-mark';

/** A value and why it is null. */
export interface Note {
  /** Path of the value, such as `reliability.kr20`. */
  readonly value: string;
  readonly reason: Reason;
}
