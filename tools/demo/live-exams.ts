import type { Origin } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';
import { assignStudents } from '#db/exams/assignments.ts';
import { insertExam } from '#db/exams/exams.ts';
import { publishExam } from '#db/exams/publish.ts';
import type { ExamFields } from '#db/exams/types.ts';

import type { DemoBank } from './bank/bank.ts';
import { endOfTerm, quiz } from './exam-plans.ts';
import type { DemoPeople } from './people.ts';
import type { DemoTimes } from './times.ts';

/** Publishes the exam that is open now and the one that opens in a few minutes, the way a teacher does. */
export async function publishLiveExams(tx: Tx, people: DemoPeople, bank: DemoBank, times: DemoTimes): Promise<void> {
  const teacher = people.teachers[0]!;
  const origin: Origin = { actorId: teacher.id, address: null, requestId: null };
  const publish = async (fields: ExamFields): Promise<void> => {
    const { id } = await insertExam(tx, teacher.id, fields, origin);
    await assignStudents(tx, id, { studentIds: [], batchIds: people.batches.map((batch) => batch.id) }, origin);
    await publishExam(tx, id, origin);
  };
  await publish(endOfTerm(bank, times.open));
  await publish(quiz(times.upcoming));
}
