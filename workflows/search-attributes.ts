import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** Exam that a workflow belongs to. */
export const EXAM_ID = defineSearchAttributeKey('ExamId', SearchAttributeType.KEYWORD);
/** Account of the student, an opaque id. */
export const STUDENT_ID = defineSearchAttributeKey('StudentId', SearchAttributeType.KEYWORD);
/** Kind of a run: `grading`, …. */
export const RUN_KIND = defineSearchAttributeKey('RunKind', SearchAttributeType.KEYWORD);
/** Number of items of a run. */
export const ITEM_COUNT = defineSearchAttributeKey('ItemCount', SearchAttributeType.INT);

/** All of them: a namespace has to know each before a workflow can be started with it. Set at the start, never changed after. */
export const SEARCH_ATTRIBUTES = [EXAM_ID, STUDENT_ID, RUN_KIND, ITEM_COUNT] as const;
