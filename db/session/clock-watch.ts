/** One look at both clocks. */
export interface ClockReading {
  /** The database's clock, epoch milliseconds. */
  readonly databaseMs: number;
  /** Monotonic time of this process, milliseconds, taken in the middle of the question. */
  readonly monotonicMs: number;
  /** How long the question took; half of it is the uncertainty. */
  readonly roundTripMs: number;
}

/** What the watch says about a reading. */
export interface ClockVerdict {
  /** False: close nothing now. */
  readonly trusted: boolean;
  /** Set on the reading that found the step: how far the clock moved, signed. */
  readonly stepMs?: number;
}

/** A difference that no network or scheduler explains. */
export const CLOCK_STEP_MS = 250;
/** Readings that have to agree before a clock that stepped is believed. */
export const AGREEING_READINGS = 3;

/**
 * Watches the database's clock against monotonic time: exams must not end for good because a clock jumped forward for a moment.
 * After a step nothing is trusted until three readings in a row agree; then the new time is the time.
 */
export function createClockWatch(): (reading: ClockReading) => ClockVerdict {
  let offsetMs: number | undefined;
  let missing = 0;
  return (reading) => {
    const seenMs = reading.databaseMs - reading.monotonicMs;
    const stepMs = offsetMs === undefined ? 0 : seenMs - offsetMs;
    if (Math.abs(stepMs) > CLOCK_STEP_MS + reading.roundTripMs / 2) {
      offsetMs = seenMs;
      missing = AGREEING_READINGS;
      return { trusted: false, stepMs: Math.round(stepMs) };
    }
    // a slow answer says little about the clock: it neither moves the offset nor counts as agreement
    if (offsetMs === undefined || reading.roundTripMs <= CLOCK_STEP_MS) {
      offsetMs = seenMs;
      if (missing > 0) missing -= 1;
    }
    return { trusted: missing === 0 };
  };
}
