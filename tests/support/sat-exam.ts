import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { runSessionCommand, type StaffCommandKind } from '#db/session/commands.ts';
import type { ExamContent, Navigation } from '#domain/paper/types.ts';
import type { QuestionContent } from '#domain/questions/types.ts';
import type { TestApi, TestPerson } from '#tests/support/api.ts';

/** Words that stand in the content of {@link openExam} where only staff may read, and names of members that never leave. */
export const SECRETS = [
  'SECRET-EXPLANATION', 'SECRET-FEEDBACK', 'SECRET-ACCEPTED', 'SECRET-PATTERN', 'SECRET-SAMPLE', '0.4142', '2718.2818',
  '"key":{', '"weights"', '"explanation":{', '"feedback":{', '"accepted"', '"scoring"', '"tolerance"', '"questionId"', '"seed"', '"cutoff', '"grace', '"closedVersion"',
] as const;

/** What a test may say about an exam; the rest is an exam that opened a minute ago and is open for three hours. */
export interface OpenExam {
  readonly owner: TestPerson;
  readonly students: readonly TestPerson[];
  readonly navigation?: Navigation;
  readonly durationMinutes?: number;
  readonly graceSeconds?: number;
  readonly attempts?: number;
  readonly accessCodeHash?: string;
  readonly proctoring?: 'none' | 'events' | 'video';
  readonly results?: Partial<Record<'score' | 'items' | 'key' | 'feedback', boolean>> & { release?: string };
  /** Milliseconds from now. */
  readonly opensInMs?: number;
  /** Milliseconds from now. */
  readonly closesInMs?: number;
  readonly shuffle?: boolean;
}

/** Inserts a published exam with five questions in two sections, and assigns students; returns its id. */
export async function openExam(api: TestApi, given: OpenExam): Promise<string> {
  const examId = randomUUID();
  await api.pool.query(
    `insert into exams (id, title, instructions, owner_id, duration_minutes, grace_seconds, attempts, access_code_hash, navigation, proctoring, results, lifecycle,
       time_zone, opens_at, closes_at, local_start, local_end)
     select $1, 'Exam', 'Read carefully.', $2, $3, $4, $5, $6, $7, $8, $9, 'published', 'UTC', o, c, to_char(o, 'YYYY-MM-DD"T"HH24:MI:SS'), to_char(c, 'YYYY-MM-DD"T"HH24:MI:SS')
       from (select holdfast_now() + $10 * interval '1 millisecond' as o, holdfast_now() + $11 * interval '1 millisecond' as c) w`,
    [
      examId, given.owner.id, given.durationMinutes ?? 60, given.graceSeconds ?? 10, given.attempts ?? 1, given.accessCodeHash ?? null, given.navigation ?? 'free',
      given.proctoring ?? 'none', JSON.stringify({ release: 'manual', releaseAt: null, score: true, items: false, key: false, feedback: false, ...given.results }),
      given.opensInMs ?? -60_000, given.closesInMs ?? 3 * 3_600_000,
    ],
  );
  await api.pool.query('insert into exam_contents (exam_id, content) values ($1, $2)', [examId, JSON.stringify(contentOf(examId, given))]);
  await api.pool.query('insert into exam_assignments (exam_id, student_id) select $1, unnest($2::uuid[])', [examId, given.students.map(({ id }) => id)]);
  return examId;
}

/** Carries out a command of staff on one session, as their routes do. */
export async function command(api: TestApi, by: TestPerson, sessionId: string, kind: StaffCommandKind, seconds?: number): Promise<void> {
  await inTransaction(api.deps.db, (tx) => runSessionCommand(tx, {
    sessionId, commandId: randomUUID(), kind, reason: `because of ${kind}`, origin: { actorId: by.id, address: null, requestId: null },
    ...(seconds === undefined ? {} : { seconds }),
  }));
  api.deps.bus.wake();
}

/** Grades a closed session: every item half of its points. */
export async function grade(api: TestApi, sessionId: string, closedVersion?: number): Promise<void> {
  const { rows } = await api.pool.query<{ exam_id: string; seed: string; closed_version: number }>('select exam_id, seed::text, closed_version from exam_sessions where id = $1', [sessionId]);
  const { exam_id: examId, seed, closed_version: current } = rows[0]!;
  const version = closedVersion ?? current;
  const paper = await api.deps.contents.paperOf(examId, seed);
  const items = paper.sections.flatMap((section) => section.items);
  await api.pool.query(
    `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state) values ($1, $2, $3, $4, $5, $6, 0, 'graded')`,
    [sessionId, version, examId, items.length / 2, items.length, items.length],
  );
  for (const item of items) {
    await api.pool.query(
      `insert into marks (session_id, closed_version, item_id, points, max_points, state, source, comment) values ($1, $2, $3, 0.5, 1, 'graded', 'auto', 'SECRET-FEEDBACK by hand')`,
      [sessionId, version, item.id],
    );
  }
}

const plain = (value: string) => ({ format: 'plain' as const, value });

function contentOf(examId: string, given: OpenExam): ExamContent {
  const questions: QuestionContent[] = [
    {
      type: 'single-choice', text: plain('Visible question one'), points: '1', explanation: plain('SECRET-EXPLANATION'),
      options: [{ id: 'a', text: plain('Visible a'), feedback: plain('SECRET-FEEDBACK') }, { id: 'b', text: plain('Visible b') }],
      key: { optionId: 'b', weights: { a: '0.4142' } },
    },
    {
      type: 'multiple-choice', text: plain('Visible question two'), points: '1',
      options: [{ id: 'a', text: plain('Visible a') }, { id: 'b', text: plain('Visible b') }, { id: 'c', text: plain('Visible c') }],
      key: { optionIds: ['a', 'b'], scoring: 'weights', weights: { a: '0.4142', b: '0.5858' } },
    },
    { type: 'short-text', text: plain('Visible question three'), points: '1', key: { accepted: [{ text: 'SECRET-ACCEPTED' }], matchCase: false, collapseSpaces: true, pattern: 'SECRET-PATTERN' } },
    { type: 'numeric', text: plain('Visible question four'), points: '1', key: { accepted: [{ value: '2718.2818', tolerance: '0.01' }] } },
    { type: 'essay', text: plain('Visible question five'), points: '1', key: { sample: 'SECRET-SAMPLE', maxWords: 500 } },
  ];
  const entries = questions.map((content) => ({ id: randomUUID(), questionId: randomUUID(), content }));
  const itemsOf = (from: number, to: number) => entries.slice(from, to).map(({ id, questionId }) => ({ id, questionId, points: '1' }));
  return {
    algorithm: 1,
    examId,
    instructions: 'Read carefully.',
    navigation: given.navigation ?? 'free',
    display: 'one',
    shuffleItems: given.shuffle ?? false,
    shuffleOptions: given.shuffle ?? false,
    sections: [
      { title: 'First', items: itemsOf(0, 3) },
      { title: 'Second', items: itemsOf(3, 5) },
    ],
    questions: Object.fromEntries(entries.map(({ questionId, content }) => [questionId, { version: 1, content }])),
  };
}
