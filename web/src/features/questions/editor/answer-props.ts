import type { QuestionType } from '#domain/questions/types.ts';

import type { Change, DraftOf } from './draft.ts';

/** What the answer part of one type takes. */
export interface AnswerProps<Type extends QuestionType> {
  readonly draft: DraftOf<Type>;
  readonly change: Change<Type>;
}
