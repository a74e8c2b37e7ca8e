import type { Actor } from '#api/http/actor.ts';
import { authorize } from '#api/http/route.ts';
import { can } from '#api/monitor/policy.ts';
import { type AppealRow, selectAppeal } from '#db/appeals/appeals.ts';
import type { Queryable } from '#db/connection.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';

/** Reads an appeal for the owner of the exam and the reviewer; for others there is none. @throws not-found */
export async function selectPermitted(q: Queryable, actor: Actor, appealId: string): Promise<AppealRow> {
  const appeal = await selectAppeal(q, appealId);
  authorize(appeal.reviewer?.id === actor.id || can(actor, 'mark', await selectExamSubject(q, appeal.examId, actor.id)));
  return appeal;
}
