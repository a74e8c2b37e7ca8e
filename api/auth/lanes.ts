import { Refusal } from '#domain/problem.ts';

/** Who goes first: `staff` sets one password inside a transaction, `login` waits its turn, `bulk` waits behind everybody. */
export type Priority = 'staff' | 'login' | 'bulk';

/** Runs expensive works, only a few at once. */
export interface Lanes {
  /** Runs a work when a lane is free. Bulk never takes more than one lane. @throws unavailable when too many log-ins wait */
  run<T>(work: () => Promise<T>, priority: Priority): Promise<T>;
}

type Job = () => Promise<void>;

/** Makes lanes. @param lanes works at once @param maxWaiting log-ins that may wait */
export function createLanes(lanes: number, maxWaiting: number): Lanes {
  const urgent: Job[] = [];
  const patient: Job[] = [];
  let running = 0;
  let patientRunning = 0;

  function startNext(): void {
    while (running < lanes) {
      const isPatient = urgent.length === 0;
      if (isPatient && (patientRunning > 0 || patient.length === 0)) return;
      const job = (isPatient ? patient : urgent).shift()!;
      running += 1;
      if (isPatient) patientRunning += 1;
      void job().finally(() => {
        running -= 1;
        if (isPatient) patientRunning -= 1;
        startNext();
      });
    }
  }

  return {
    async run(work, priority) {
      if (priority === 'login' && urgent.length >= maxWaiting) {
        throw new Refusal('unavailable', 'Too many people log in at once. Try again in a few seconds.', { extra: { retryAfterSeconds: 5 } });
      }
      return new Promise((resolve, reject) => {
        const job = (): Promise<void> => work().then(resolve, reject);
        if (priority === 'staff') urgent.unshift(job);
        else (priority === 'bulk' ? patient : urgent).push(job);
        startNext();
      });
    },
  };
}
