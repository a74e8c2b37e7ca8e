import type { z } from 'zod';

import type { paperSchema, placeSchema, sessionSchema, sittingSchema, storedAnswerSchema } from '#contracts/sessions.ts';
import type { StoredAnswer } from '#db/session/answers.ts';
import type { Place } from '#db/session/place.ts';
import type { SessionRow } from '#db/session/rows.ts';
import type { Sitting } from '#db/session/sitting.ts';
import type { StudentPaper } from '#domain/paper/types.ts';
import type { PaperItem } from '#domain/questions/types.ts';
import { isTerminal } from '#domain/session/state.ts';
import { remainingMs } from '#domain/session/timing.ts';

type SessionOut = z.input<typeof sessionSchema>;
type PaperOut = z.input<typeof paperSchema>;
type SittingOut = z.input<typeof sittingSchema>;
type AnswerOut = z.input<typeof storedAnswerSchema>;
type PlaceOut = z.input<typeof placeSchema>;

/**
 * A session: never grace, cut-off or seed.
 * @param nowMs clock of the database
 */
export function presentSession(session: SessionRow, nowMs: number): SessionOut {
  const closed = isTerminal(session.state);
  return {
    id: session.id,
    examId: session.examId,
    studentId: session.studentId,
    attempt: session.attempt,
    state: session.state,
    startedAt: instant(session.startedAtMs),
    deadlineAt: session.state === 'paused' ? null : instant(session.deadlineAtMs),
    remainingMs: closed ? 0 : remainingMs(session.deadlineAtMs, nowMs, session.pausedAtMs),
    pausedAt: instantOrNull(session.pausedAtMs),
    endedAt: instantOrNull(session.endedAtMs),
    closedAt: instantOrNull(session.closedAtMs),
    closeReason: session.closeReason,
    version: session.version,
  };
}

/** How much of a paper is shown. */
export type PaperExtent = 'all' | 'none' | { readonly reached: number };

/** What of the paper its student sees now: with forward navigation what was reached, nothing once the session is closed. */
export function studentExtent(session: Pick<SessionRow, 'state'>, paper: Pick<StudentPaper, 'navigation'>, place: Pick<Place, 'reached'>): PaperExtent {
  if (isTerminal(session.state)) return 'none';
  return paper.navigation === 'forward' ? { reached: place.reached } : 'all';
}

/** A paper; items beyond the extent do not leave, only the id of the next one. */
export function presentPaper(paper: StudentPaper, extent: PaperExtent): PaperOut {
  const limit = extent === 'all' ? Number.POSITIVE_INFINITY : extent === 'none' ? 0 : extent.reached;
  let left = limit;
  const sections: { title: string; items: PaperItem[] }[] = [];
  for (const section of paper.sections) {
    const items = section.items.slice(0, left);
    left -= items.length;
    if (items.length > 0 || extent === 'all') sections.push({ title: section.title, items: items.map(presentItem) });
  }
  const next = typeof extent === 'object' ? paper.sections.flatMap((section) => section.items)[extent.reached] : undefined;
  return {
    instructions: paper.instructions,
    navigation: paper.navigation,
    display: paper.display,
    itemCount: paper.itemCount,
    nextItemId: next?.id ?? null,
    sections,
  } as PaperOut;
}

function presentItem(item: PaperItem): PaperItem {
  return {
    id: item.id,
    type: item.type,
    text: item.text,
    ...('options' in item && item.options !== undefined ? { options: item.options } : {}),
    points: item.points,
    ...(item.media === undefined ? {} : { media: item.media }),
  } as PaperItem;
}

/** A place as its student left it. */
export function presentPlace(place: Place): PlaceOut {
  return {
    currentItemId: place.currentItemId,
    seen: [...place.seen],
    flagged: [...place.flagged],
    notes: { ...place.notes },
    clientSeq: place.clientSeq,
  };
}

/** A session with its paper for the student who sits it. */
export function presentSitting(sitting: Sitting, paper: StudentPaper): SittingOut {
  return {
    session: presentSession(sitting.session, sitting.nowMs),
    paper: presentPaper(paper, studentExtent(sitting.session, paper, sitting.place)),
    answers: sitting.answers.map(presentAnswer),
    place: presentPlace(sitting.place),
    serverTime: instant(sitting.nowMs),
    streamPosition: String(sitting.streamPosition),
  };
}

/** The same for those who watch over the exam: which items have an answer, not what it says; no private notes. */
export function presentSittingForProctor(sitting: Sitting, paper: StudentPaper): SittingOut {
  return {
    session: presentSession(sitting.session, sitting.nowMs),
    paper: presentPaper(paper, 'all'),
    answers: sitting.answers.map((answer) => ({ itemId: answer.itemId, revision: answer.revision, savedAt: instant(answer.savedAtMs) })),
    place: presentPlace({ ...sitting.place, notes: {} }),
    serverTime: instant(sitting.nowMs),
    streamPosition: String(sitting.streamPosition),
  };
}

/** The same for those who mark the exam: with the answers; no private notes. */
export function presentSittingForTeacher(sitting: Sitting, paper: StudentPaper): SittingOut {
  return { ...presentSittingForProctor(sitting, paper), answers: sitting.answers.map(presentAnswer) };
}

function presentAnswer(answer: StoredAnswer): AnswerOut {
  return { itemId: answer.itemId, revision: answer.revision, response: answer.response as AnswerOut['response'], savedAt: instant(answer.savedAtMs) };
}

/** RFC 3339 in UTC with milliseconds. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : instant(ms);
}
