import { v7 as uuidv7 } from 'uuid';

import type { Origin } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';

import { insertExam, type StaffExam } from './exams.ts';
import type { ExamFields } from './types.ts';

/**
 * Makes a draft out of an exam: every setting, the hash of the access code and the questions with fresh item ids; no window,
 * no people, no id in another system. A release at a time belongs to the window that it had, so it becomes one by hand.
 */
export async function copyExam(tx: Tx, exam: StaffExam, ownerId: string, title: string, origin: Origin): Promise<StaffExam> {
  const { release, releaseAt: _past, ...shown } = exam.results;
  const fields: ExamFields = {
    externalId: null,
    title,
    description: exam.description,
    instructions: exam.instructions,
    durationMinutes: exam.durationMinutes,
    graceSeconds: exam.graceSeconds,
    passPercent: exam.passPercent,
    attempts: exam.attempts,
    attemptRule: exam.attemptRule,
    navigation: exam.navigation,
    display: exam.display,
    shuffleItems: exam.shuffleItems,
    shuffleOptions: exam.shuffleOptions,
    lateEntryMinutes: exam.lateEntryMinutes,
    endRule: exam.endRule,
    accessCodeHash: exam.accessCodeHash,
    proctoring: exam.proctoring,
    results: { ...shown, release: release === 'at' ? 'manual' : release, releaseAt: null },
    plagiarismScan: exam.plagiarismScan,
    warnMinutes: exam.warnMinutes,
    sections: exam.sections.map((section) => ({ ...section, items: section.items.map((item) => ({ ...item, id: uuidv7() })) })),
    window: null,
  };
  return insertExam(tx, ownerId, fields, origin, { copiedFrom: exam.id });
}
