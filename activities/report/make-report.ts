import type { Db } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { resultGate } from '#db/grading/gate.ts';
import { listReleasableMarks } from '#db/grading/released.ts';
import { listIncidents } from '#db/monitor/incidents.ts';
import type { ReportBasis } from '#db/reports/files.ts';
import type { ReportParams } from '#db/reports/queue.ts';
import { type ReportExam, selectReportExam, selectReportSubject } from '#db/reports/source.ts';
import { listResultRows } from '#db/results/rows.ts';
import { readCloseOut } from '#db/schedule/close-out.ts';
import { selectSession } from '#db/session/rows.ts';
import { selectPackedExam } from '#db/statistics/facts.ts';
import { unpack } from '#db/statistics/unpack.ts';
import { Refusal } from '#domain/problem.ts';
import { examStatistics } from '#domain/statistics/exam-statistics.ts';

import { classDocument } from './class-document.ts';
import { closeOutDocument } from './close-out-document.ts';
import type { ReportDocument } from './document.ts';
import { itemDocument } from './item-document.ts';
import { incidentDocument } from './incident-document.ts';
import { studentDocument } from './student-document.ts';
import { type Speech, speechOf } from './words.ts';

/** A report before it is set. */
export interface MadeReport {
  readonly document: ReportDocument;
  readonly speech: Speech;
  readonly timeZone: string;
  readonly sessionId: string | null;
  /** What of a result it shows; null for everything that is not about one. */
  readonly basis: ReportBasis | null;
  /** Beginning of the file's name. */
  readonly name: string;
}

/** More sessions than any exam has. */
const ALL = 100_000;
/** Some 130 pages. */
const MAX_INCIDENTS = 5_000;

/**
 * Reads what a report is about and lays it out.
 * @param itemId the session, or the exam
 * @throws state-conflict for a session without a grade, not-found
 */
export async function makeReport(
  deps: { readonly db: Db; readonly contents: ContentCache }, given: { readonly examId: string; readonly itemId: string; readonly params: ReportParams; readonly colour: string },
): Promise<MadeReport> {
  const { examId, itemId, params, colour } = given;
  const exam = await selectReportExam(deps.db, examId);
  const timeZone = params.timeZone ?? exam.timeZone;
  const speech = speechOf(params.locale, timeZone);
  if (params.report === 'student') {
    const { document, basis, name } = await ofStudent(deps, exam, itemId, params.audience, speech);
    return { document, speech, timeZone, basis, name, sessionId: itemId };
  }
  const document = await ofExam(deps, exam, params.report, colour, speech);
  return { document, speech, timeZone, basis: null, name: `${params.report}-${exam.title}`, sessionId: null };
}

async function ofStudent({ db, contents }: { db: Db; contents: ContentCache }, exam: ReportExam, sessionId: string, audience: 'student' | 'staff', speech: Speech) {
  const [session, gate, student] = await Promise.all([selectSession(db, sessionId), resultGate(db, sessionId), selectReportSubject(db, sessionId)]);
  if (gate?.grade == null) throw new Refusal('state-conflict', 'The session is not graded yet.');
  const [paper, marks] = await Promise.all([contents.drawnPaperOf(session.examId, session.seed), listReleasableMarks(db, sessionId, gate.grade.closedVersion)]);
  const basis: ReportBasis = { visibility: gate.visibility, grade: gate.grade, version: student.version };
  return { document: studentDocument({ exam, student, session, gate, paper, marks }, audience, speech), basis, name: `${student.name}-${exam.title}` };
}

async function ofExam({ db, contents }: { db: Db; contents: ContentCache }, exam: ReportExam, kind: Exclude<ReportParams['report'], 'student'>, colour: string, speech: Speech): Promise<ReportDocument> {
  switch (kind) {
    case 'class': return classDocument(exam, (await listResultRows(db, { examId: exam.id, after: undefined, limit: ALL })).items, colour, speech);
    case 'incidents': return incidentDocument(exam, await listIncidents(db, { examId: exam.id, limit: MAX_INCIDENTS }), speech);
    case 'close-out': return closeOutDocument(exam, await readCloseOut(db, exam.id), speech);
    case 'item-analysis': return itemDocument(exam, examStatistics(unpack(await selectPackedExam(db, exam.id, await contents.contentOf(exam.id)))), colour, speech);
  }
}
