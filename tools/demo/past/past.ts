import type { Tx } from '#db/connection.ts';

import type { DemoBank } from '../bank/bank.ts';
import { Chance } from '../chance.ts';
import { midterm } from '../exam-plans.ts';
import type { DemoPeople } from '../people.ts';
import type { Trail } from '../rows.ts';
import type { DemoTimes } from '../times.ts';
import { arrivals } from './class.ts';
import { insertPastExam } from './exam.ts';
import { closePastExam, insertGrades } from './results.ts';
import { insertPastSessions } from './sessions.ts';
import { insertAnswers, insertTraces } from './traces.ts';

/** The class is the same everywhere; only its ids and its passwords differ. */
const SEED = 1859;

/** Inserts the exam of a week ago with everything that it left behind. */
export async function insertPast(tx: Tx, people: DemoPeople, bank: DemoBank, times: DemoTimes, trail: Trail): Promise<void> {
  const chance = new Chance(SEED);
  const exam = await insertPastExam(tx, midterm(bank, times.past), people, bank, trail);
  const present = arrivals(people.students, exam.opensAtMs, chance);
  const sessions = await insertPastSessions(tx, exam, present, bank, chance, trail);
  await insertAnswers(tx, sessions);
  await insertTraces(tx, exam, sessions, chance);
  await insertGrades(tx, exam, sessions, trail);
  await closePastExam(tx, exam, sessions, trail);
}
