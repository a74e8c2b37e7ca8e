import type { Tx } from '#db/connection.ts';
import { databaseNowMs } from '#db/session/rows.ts';
import { hashPassword } from '#api/auth/passwords.ts';
import type { Account } from '#tools/stack/demo.ts';

import { insertBank } from './bank/bank.ts';
import { insertGamification } from './gamification.ts';
import { publishLiveExams } from './live-exams.ts';
import { insertPast } from './past/past.ts';
import { newPassword } from './passwords.ts';
import { type DemoPeople, type DemoPerson, insertPeople, inventPeople } from './people.ts';
import { insertTrail, type Trail } from './rows.ts';
import { demoTimes, zoneOfMachine } from './times.ts';

/** What was loaded. */
export interface Loaded {
  readonly adminId: string;
  /** With their passwords, students first. */
  readonly accounts: readonly Account[];
}

/**
 * Loads the whole of the demo data: people, a question bank, an exam that is over with its results, one that is open, one that opens
 * soon. What lies in the past is written with the instants it would have; what lives is made the way people make it.
 */
export async function loadDemoData(tx: Tx): Promise<Loaded> {
  const times = demoTimes(await databaseNowMs(tx), zoneOfMachine());
  const people = inventPeople(times);
  const passwords = inventPasswords(people);
  const hashes = await hashAll([...passwords.values()]);
  const passwordOf = (person: DemoPerson): string => passwords.get(keyOf(person))!;
  const trail: Trail = [];
  await insertPeople(tx, people, (person) => hashes.get(passwordOf(person))!, times, trail);
  await insertGamification(tx, people, times, trail);
  const bank = await insertBank(tx, people.teachers[0]!.id, times.questionsMs, trail);
  await insertPast(tx, people, bank, times, trail);
  await insertTrail(tx, trail);
  await publishLiveExams(tx, people, bank, times);
  const everybody = [...people.students, ...people.teachers, ...people.proctors, people.admin];
  const accounts = everybody.map((person) => ({ role: person.role, email: person.email, password: passwordOf(person) }));
  return { adminId: people.admin.id, accounts };
}

/** Students share a password of this data folder: sixty hashes would take longer than all the rest. */
function keyOf({ role, id }: DemoPerson): string {
  return role === 'student' ? role : id;
}

function inventPasswords({ admin, teachers, proctors, students }: DemoPeople): Map<string, string> {
  return new Map([admin, ...teachers, ...proctors, students[0]!].map((person) => [keyOf(person), newPassword()]));
}

async function hashAll(passwords: readonly string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all(passwords.map(async (password) => [password, await hashPassword(password, 'staff')] as const)));
}
