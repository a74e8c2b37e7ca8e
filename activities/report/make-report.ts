import type { Db } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { resultGates } from '#db/grading/gate.ts';
import { listReleasableMarksOf } from '#db/grading/released.ts';
import { listIncidents } from '#db/monitor/incidents.ts';
import { countTold } from '#db/plagiarism/notices.ts';
import { listPairs } from '#db/plagiarism/pairs.ts';
import { selectScan } from '#db/plagiarism/scans.ts';
import { basisOf, type ReportBasis } from '#db/reports/files.ts';
import type { ReportParams } from '#db/reports/queue.ts';
import { listReportSubjects, type ReportExam, selectReportExam } from '#db/reports/source.ts';
import { listResultRows } from '#db/results/rows.ts';
import { distributionOf } from '#db/scales/distribution.ts';
import { readCloseOut } from '#db/schedule/close-out.ts';
import { selectSessions } from '#db/session/rows.ts';
import { selectPackedExam } from '#db/statistics/facts.ts';
import { unpack } from '#db/statistics/unpack.ts';
import { Refusal } from '#domain/problem.ts';
import { examStatistics } from '#domain/statistics/exam-statistics.ts';

import { classDocument } from './class-document.ts';
import { closeOutDocument } from './close-out-document.ts';
import type { ReportDocument } from './document.ts';
import { incidentDocument } from './incident-document.ts';
import { itemDocument } from './item-document.ts';
import { plagiarismDocument, type ScanFound } from './plagiarism-document.ts';
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

/** Lays reports out. */
export interface ReportMaker {
  /**
   * Lays out the report about a session, or about the exam.
   * @throws state-conflict for a session without a grade, not-found
   */
  make(itemId: string): Promise<MadeReport>;
}

/** Which reports are wanted. */
export interface WantedReports {
  readonly examId: string;
  readonly itemIds: readonly string[];
  readonly params: ReportParams;
  readonly colour: string;
}

type Deps = { readonly db: Db; readonly contents: ContentCache };

/** More sessions than any exam has. */
const ALL = 100_000;
/** Some 130 pages. */
const MAX_INCIDENTS = 5_000;
/** The same. */
const MAX_PAIRS = 2_000;

/** Reads what the wanted reports are about, of all of them at once. */
export async function createReportMaker(deps: Deps, { colour, examId, itemIds, params }: WantedReports): Promise<ReportMaker> {
  const exam = await selectReportExam(deps.db, examId);
  const timeZone = params.timeZone ?? exam.timeZone;
  const speech = speechOf(params.locale, timeZone);
  if (params.report === 'student') {
    const makeOne = await ofStudents(deps, exam, itemIds, { audience: params.audience, colour, speech });
    return { make: async (sessionId) => ({ ...(await makeOne(sessionId)), speech, timeZone, sessionId }) };
  }
  const kind = params.report;
  return {
    make: async (itemId) => ({ document: await ofExam(deps, exam, { kind, itemId, colour, speech }), speech, timeZone, basis: null, name: `${kind}-${exam.title}`, sessionId: null }),
  };
}

async function ofStudents(
  { contents, db }: Deps, exam: ReportExam, sessionIds: readonly string[], { audience, colour, speech }: { audience: 'student' | 'staff'; colour: string; speech: Speech },
): Promise<(sessionId: string) => Promise<Pick<MadeReport, 'document' | 'basis' | 'name'>>> {
  const [sessions, subjects, gates] = await Promise.all([selectSessions(db, sessionIds), listReportSubjects(db, sessionIds), resultGates(db, sessionIds)]);
  const graded = [...gates].flatMap(([sessionId, { grade }]) => (grade === null ? [] : [{ sessionId, closedVersion: grade.closedVersion }]));
  // after the versions above: a mark that changes in between makes a report that nobody gets, and not one of an older mark
  const [marks, distribution] = await Promise.all([listReleasableMarksOf(db, graded), distributionOf(db, exam.id)]);
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const people = new Map(subjects.map((subject) => [subject.sessionId, subject]));
  return async (sessionId) => {
    const [session, student, gate] = [byId.get(sessionId), people.get(sessionId), gates.get(sessionId)];
    if (session === undefined || student === undefined) throw new Refusal('not-found', 'There is no such session.');
    if (gate?.grade == null) throw new Refusal('state-conflict', 'The session is not graded yet.');
    const paper = await contents.drawnPaperOf(session.examId, session.seed);
    const basis = basisOf(gate, student.version);
    const source = { exam, student, session, gate, paper, marks: marks.get(sessionId) ?? [], distribution: audience === 'staff' || basis.withClass ? distribution : null };
    return { document: studentDocument(source, audience, colour, speech), basis, name: `${student.name}-${exam.title}` };
  };
}

async function ofExam(
  { db, contents }: Deps, exam: ReportExam, { colour, itemId, kind, speech }: { kind: Exclude<ReportParams['report'], 'student'>; itemId: string; colour: string; speech: Speech },
): Promise<ReportDocument> {
  switch (kind) {
    case 'plagiarism': return plagiarismDocument(exam, await readScan(db, itemId), speech);
    case 'class': return classDocument(exam, (await listResultRows(db, { examId: exam.id, after: undefined, limit: ALL })).items, colour, speech);
    case 'incidents': return incidentDocument(exam, await listIncidents(db, { examId: exam.id, limit: MAX_INCIDENTS }), speech);
    case 'close-out': return closeOutDocument(exam, await readCloseOut(db, exam.id), speech);
    case 'item-analysis': return itemDocument(exam, examStatistics(unpack(await selectPackedExam(db, exam.id, await contents.contentOf(exam.id)))), colour, speech);
  }
}

async function readScan(db: Db, runId: string): Promise<ScanFound> {
  const [scan, pairs, told] = await Promise.all([
    selectScan(db, runId), listPairs(db, { runId, flagged: true, state: undefined, minScore: undefined, clusterId: undefined }, undefined, MAX_PAIRS), countTold(db, runId),
  ]);
  return { scan, pairs: pairs.items, more: pairs.next !== null, told };
}
