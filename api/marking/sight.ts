import type { AnswerFlag, MarkerMark } from '#db/marking/answers.ts';
import type { MarkingAnswer } from '#db/marking/answer-rows.ts';

type Stand = Pick<MarkingAnswer, 'state' | 'firstBy' | 'secondBy'>;

/**
 * The marks of an answer that somebody may see: the own one, and all once nobody is to mark it blind any more. The same for
 * owners and admins, who may be the second marker.
 */
export function visibleMarks(answer: Stand, marks: readonly MarkerMark[], actorId: string): MarkerMark[] {
  return marks.filter((mark) => mark.graderId === actorId || isOpen(answer));
}

/** The flags of an answer that somebody may see: a note may tell the mark. */
export function visibleFlags(answer: Stand, flags: readonly AnswerFlag[], actorId: string): AnswerFlag[] {
  return flags.filter((flag) => flag.graderId === actorId || answer.state !== 'second');
}

/** In which role somebody may mark an answer, as far as the lease of somebody else does not stand in the way. */
export function roleFor(answer: Pick<MarkingAnswer, 'state' | 'firstBy' | 'secondBy' | 'lease'>, actorId: string): 'first' | 'second' | null {
  if (answer.lease !== null && answer.lease.holderId !== actorId) return null;
  if (answer.firstBy !== null && answer.secondBy !== null) return null;
  if (answer.firstBy === actorId) return 'first';
  return answer.state === 'first' || answer.state === 'second' ? answer.state : null;
}

/** Whether somebody may decide between the two marks of an answer. */
export function mayReconcile(answer: Stand, actorId: string, decides: boolean): boolean {
  return answer.firstBy !== null && answer.secondBy !== null && (decides || (answer.firstBy !== actorId && answer.secondBy !== actorId));
}

function isOpen({ state, firstBy, secondBy }: Stand): boolean {
  return state === 'done' || (firstBy !== null && secondBy !== null);
}
