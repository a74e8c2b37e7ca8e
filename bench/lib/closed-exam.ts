import { randomUUID } from 'node:crypto';

import type { Inside } from '#bench/lib/inside.ts';

/** An exam that a class has sat. */
export interface ClosedExam {
  readonly examId: string;
  readonly itemIds: readonly string[];
  readonly sessionIds: readonly string[];
}

/** Writes a closed exam of single choices and its sessions into the tables, without answers: what comes after an exam is measured, not the exam. The right option is `a` of `a` to `d`. */
export async function writeClosedExam({ pool }: Inside, { title, teacherId, students, items: size }: { title: string; teacherId: string; students: number; items: number }): Promise<ClosedExam> {
  const examId = randomUUID();
  const label = examId.slice(0, 8);
  const plain = (value: string) => ({ format: 'plain', value });
  const items = Array.from({ length: size }, () => ({ id: randomUUID(), questionId: randomUUID(), points: '1' }));
  const questions = Object.fromEntries(items.map(({ questionId }, index) => [questionId, {
    version: 1,
    content: { type: 'single-choice', text: plain(`Question ${index + 1}`), points: '1', options: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: plain(`Answer ${id}`) })), key: { optionId: 'a' } },
  }]));
  await pool.query(
    `insert into exams (id, title, owner_id, duration_minutes, grace_seconds, attempts, end_rule, lifecycle, time_zone, opens_at, closes_at, local_start, local_end, published_at, pass_percent)
     select $1, $2, $3, 60, 10, 1, 'window', 'published', 'UTC', o, c, to_char(o, 'YYYY-MM-DD"T"HH24:MI:SS'), to_char(c, 'YYYY-MM-DD"T"HH24:MI:SS'), o, 50
       from (select holdfast_now() - interval '3 h' as o, holdfast_now() - interval '1 h' as c) w`,
    [examId, `${title} ${label}`, teacherId],
  );
  await pool.query('insert into exam_contents (exam_id, content) values ($1, $2)', [examId, JSON.stringify({
    algorithm: 1, examId, instructions: '', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false, sections: [{ title: 'Questions', items }], questions,
  })]);
  // their workflows are over as well: nothing may start some thousand of them in the middle of a measurement
  const { rows } = await pool.query<{ session_id: string }>(
    `with people as (insert into users (id, email, name, roles) select gen_random_uuid(), $2 || '-' || g || '@students.example', 'Student ' || g, '{student}' from generate_series(1, $3::int) g returning id),
          sat as (
            insert into exam_sessions (id, exam_id, student_id, attempt, state, started_at, entitled_ms, duration_ms, deadline_at, grace_ms, cutoff_at, ended_at, closed_at, closed_version, close_reason, seed)
            select gen_random_uuid(), $1, id, 1, 'submitted', t - interval '2 h', 3600000, 3600000, t - interval '1 h', 1000, t - interval '1 h', t - interval '1 h', t - interval '1 h', 1, 'submitted', 1
              from people, (select holdfast_now() as t) now returning id)
     insert into session_workflows (session_id, namespace_id, run_id, seen_version, completed_at) select id, gen_random_uuid(), gen_random_uuid(), 1, holdfast_now() from sat returning session_id`,
    [examId, label, students],
  );
  return { examId, itemIds: items.map(({ id }) => id), sessionIds: rows.map(({ session_id }) => session_id) };
}
