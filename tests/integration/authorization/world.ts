import { randomUUID } from 'node:crypto';

import type { TestApi, TestPerson } from '#tests/support/api.ts';
import { addQuestions, singleChoice, windowIn } from '#tests/support/bank.ts';
import { insertReport } from '#tests/support/reports.ts';
import { openExam } from '#tests/support/sat-exam.ts';

/** The people whose rights are compared: resources belong to `student` and `teacher`, the others are strangers to them. */
export interface Cast {
  readonly student: TestPerson;
  readonly otherStudent: TestPerson;
  readonly teacher: TestPerson;
  readonly otherTeacher: TestPerson;
  readonly proctor: TestPerson;
  readonly admin: TestPerson;
}

/** Makes resources as they are needed, so that one call can not spoil the next. */
export interface World {
  readonly cast: Cast;
  /** A published exam of the teacher that the student is assigned to. */
  exam(): Promise<string>;
  /** A draft of the teacher. */
  draft(): Promise<string>;
  /** An open session of the student in an exam of the teacher, with the id of its exam and its first item. */
  session(): Promise<{ id: string; examId: string; itemId: string }>;
  question(): Promise<string>;
  questionImport(): Promise<string>;
  medium(): Promise<string>;
  batch(): Promise<string>;
  /** A batch of the teacher with the student in it and gamification switched on. */
  course(): Promise<string>;
  /** A badge of the teacher: `batches/{id}/achievement-rules/{id}`. */
  achievementRule(): Promise<string>;
  /** The student as a member of a batch of the teacher: `/batches/{id}/students/{id}`. */
  member(): Promise<string>;
  run(): Promise<string>;
  /** An answer of the student that waits for a person. */
  answerToMark(): Promise<{ id: string; examId: string; itemId: string }>;
  /** A plagiarism scan of an exam of the teacher that found one pair. */
  plagiarism(): Promise<{ runId: string; pairId: string }>;
  /** What the student was told about a pair. */
  notice(): Promise<string>;
  /** A report of the exam of the teacher, with the run that made it. */
  report(): Promise<{ id: string; runId: string }>;
  /** An appeal of the student in an exam of the teacher. */
  appeal(): Promise<string>;
  /** A time change of an exam: `exams/{id}/time-changes/{id}`. */
  timeChange(): Promise<string>;
  /** An account that nobody of the cast is. */
  account(): Promise<string>;
  /** A log-in of the student. */
  login(): Promise<string>;
  file(): Promise<string>;
  /** A help request of the student. */
  helpRequest(): Promise<string>;
}

/** Fills the world of the authorisation matrix. */
export async function createWorld(api: TestApi): Promise<World> {
  const [student, otherStudent] = (await api.students(2)) as [TestPerson, TestPerson];
  const [teacher, otherTeacher, proctor, admin] = await Promise.all([api.person('teacher'), api.person('teacher'), api.person('proctor'), api.person('admin')]);
  const cast: Cast = { student, otherStudent, teacher, otherTeacher, proctor, admin };
  const exam = (): Promise<string> => openExam(api, { owner: teacher, students: [student], attempts: 50 });
  const session = async (): Promise<{ id: string; examId: string; itemId: string }> => {
    const examId = await exam();
    const started = await student.post(`/exams/${examId}/sessions`, {});
    return { id: started.body.session.id, examId, itemId: started.body.paper.sections[0].items[0].id };
  };
  const plagiarism = async (): Promise<{ runId: string; pairId: string }> => {
    const { id, examId } = await session();
    const [runId, pairId] = [randomUUID(), randomUUID()];
    await api.pool.query(
      `with r as (insert into runs (id, kind, exam_id, state, params) values ($1, 'plagiarism-scan', $2, 'completed', $3)),
            p as (insert into plagiarism_scans (run_id, phase) values ($1, 'done'))
       select 1`,
      [runId, examId, JSON.stringify({ parameters: { level: 0.01, answers: true, text: true, timing: true, minContainment: 0.3, commonSharePercent: 10 } })],
    );
    await student.post(`/sessions/${id}/submit`, {});
    const { body } = await student.post(`/exams/${examId}/sessions`, {});
    await api.pool.query(
      `insert into plagiarism_pairs (id, run_id, exam_id, session_a, session_b, score, indices, evidence)
       values ($1, $2, $3, least($4::uuid, $5::uuid), greatest($4::uuid, $5::uuid), 1, '{"answers": null, "timing": null, "text": null}', '[]')`,
      [pairId, runId, examId, id, body.session.id],
    );
    return { runId, pairId };
  };
  const upload = async (person: TestPerson, path: string, bytes: Uint8Array, name: string): Promise<string> => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    const response = await fetch(`${api.url}/api/v1${path}`, { method: 'POST', headers: { Authorization: `Bearer ${person.token}` }, body: form });
    const body = (await response.json()) as { id?: string; fileId?: string };
    return body.id ?? body.fileId ?? '';
  };
  const batch = async (): Promise<string> => (await teacher.post('/batches', { name: `Batch ${randomUUID()}` })).body.id;
  const course = async (): Promise<string> => {
    const batchId = await batch();
    await teacher.put(`/batches/${batchId}/students/${student.id}`);
    await teacher.put(`/batches/${batchId}/gamification`, { enabled: true, points: true, leaderboard: true, badges: [], timeZone: 'UTC', termStartsOn: null }, { ifMatch: 0 });
    return batchId;
  };
  return {
    cast,
    exam,
    session,
    async draft() {
      const [questionId] = await addQuestions(teacher, 1);
      const made = await teacher.post('/exams', {
        title: 'Draft', durationMinutes: 30, window: windowIn(60, 120), sections: [{ title: 'One', items: [{ questionId, points: '1' }] }],
      });
      return made.body.id;
    },
    question: async () => (await teacher.post('/questions', singleChoice({ text: randomUUID() }))).body.id,
    questionImport: () => upload(teacher, '/question-imports', Buffer.from('What is one? {=1 ~2}\n'), 'questions.gift'),
    medium: () => upload(teacher, '/media', PNG, 'dot.png'),
    batch,
    course,
    async achievementRule() {
      const batchId = await course();
      const made = await teacher.post(`/batches/${batchId}/achievement-rules`, { name: 'Half', conditions: [{ kind: 'score', minPercent: 50, exams: 1 }] });
      return `/batches/${batchId}/achievement-rules/${made.body.id}`;
    },
    async member() {
      const path = `/batches/${await batch()}/students/${student.id}`;
      await teacher.put(path);
      return path;
    },
    run: async () => {
      const { examId, id } = await session();
      await student.post(`/sessions/${id}/submit`, {});
      return (await teacher.post(`/exams/${examId}/grading-runs`, {})).body.id;
    },
    async answerToMark() {
      const made = await session();
      await student.post(`/sessions/${made.id}/submit`, {});
      await api.pool.query(
        `with s as (select id, exam_id, closed_version from exam_sessions where id = $1),
              g as (insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state) select id, closed_version, exam_id, 0, 1, 0, 1, 'pending' from s
                    on conflict (session_id, closed_version) do update set pending_count = 1, state = 'pending')
         insert into marks (session_id, closed_version, item_id, points, max_points, state, source) select id, closed_version, $2::uuid, null, 1, 'pending', 'auto' from s
         on conflict (session_id, closed_version, item_id) do update set points = null, state = 'pending'`,
        [made.id, made.itemId],
      );
      return made;
    },
    plagiarism,
    async notice() {
      const { pairId } = await plagiarism();
      const noticeId = randomUUID();
      await api.pool.query('insert into plagiarism_notices (id, pair_id, session_id, text) select $1, id, session_a, $3 from plagiarism_pairs where id = $2', [noticeId, pairId, 'Please come and see me.']);
      return noticeId;
    },
    async report() {
      return await insertReport(api, await exam(), teacher.id);
    },
    async appeal() {
      const { id, examId } = await session();
      const appealId = randomUUID();
      await api.pool.query('insert into appeals (id, session_id, exam_id, student_id, body) values ($1, $2, $3, $4, $5)', [appealId, id, examId, student.id, 'I wrote more']);
      return appealId;
    },
    async timeChange() {
      const { examId } = await session();
      const made = await teacher.post(`/exams/${examId}/time-changes`, { kind: 'extend', seconds: 60, scope: { all: true }, reason: 'Noise' });
      return `/exams/${examId}/time-changes/${made.body.commandId}`;
    },
    account: async () => (await admin.post('/users', { email: `${randomUUID()}@example.org`, name: 'Nobody', roles: ['student'] })).body.id,
    async login() {
      const { body } = await api.anybody.post('/auth/login', { email: student.email, password: student.password });
      const claims = JSON.parse(Buffer.from(String(body.accessToken).split('.')[1]!, 'base64url').toString()) as { sid: string };
      return claims.sid;
    },
    helpRequest: async () => (await student.post(`/sessions/${(await session()).id}/help-requests`, { reason: 'My screen is dark' })).body.id,
    async file() {
      const { id } = await session();
      return `/sessions/${id}/files/${await upload(student, `/sessions/${id}/files`, PNG, 'dot.png')}`;
    },
  };
}

/** A picture of one point. */
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
