import type { ReportExam } from '#db/reports/source.ts';

import { breakable } from './text/blocks.ts';
import type { Speech } from './words.ts';

/** When an exam could be sat, for how long, and whose it is. */
export function windowOf(exam: ReportExam, speech: Speech): (readonly [name: string, value: string])[] {
  const { words } = speech;
  return [
    [words.window, exam.opensAtMs === null ? words.none : `${speech.at(exam.opensAtMs)} – ${speech.at(exam.closesAtMs)}`],
    [words.duration, speech.say('minutes', { count: exam.durationMinutes })],
    [words.teacher, breakable(exam.owner)],
  ];
}
