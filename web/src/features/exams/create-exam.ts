import type { Accessor } from 'solid-js';

import { createLoad, type Load } from '#web/lib/create-load.ts';

import { type Exam, readExam } from './api.ts';

/** Loads the exam of a page; `take` takes the reply of a command in. */
export function createExam(examId: Accessor<string>): Load<Exam> {
  return createLoad(examId, (id) => readExam(id), { forget: true });
}
