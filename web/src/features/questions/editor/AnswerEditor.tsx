import type { Component, JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { QuestionType } from '#domain/questions/types.ts';

import type { AnswerProps } from './answer-props.ts';
import { MultipleChoiceAnswer, SingleChoiceAnswer } from './ChoiceAnswer.tsx';
import { ClozeAnswer } from './ClozeAnswer.tsx';
import type { Draft } from './draft.ts';
import { HotSpotAnswer } from './HotSpotAnswer.tsx';
import { MatchingAnswer } from './MatchingAnswer.tsx';
import { OrderingAnswer } from './OrderingAnswer.tsx';
import { CodeAnswer, EssayAnswer, FileAnswer, TrueFalseAnswer } from './SmallAnswers.tsx';
import { NumericAnswer, ShortTextAnswer } from './TypedAnswers.tsx';

const EDITORS: { readonly [Type in QuestionType]: Component<AnswerProps<Type>> } = {
  'single-choice': SingleChoiceAnswer,
  'multiple-choice': MultipleChoiceAnswer,
  'true-false': TrueFalseAnswer,
  'short-text': ShortTextAnswer,
  numeric: NumericAnswer,
  essay: EssayAnswer,
  matching: MatchingAnswer,
  ordering: OrderingAnswer,
  cloze: ClozeAnswer,
  'hot-spot': HotSpotAnswer,
  'file-upload': FileAnswer,
  code: CodeAnswer,
};

/** What the answer is, by type. */
export function AnswerEditor(props: { draft: Draft; change: (work: (draft: Draft) => void) => void }): JSX.Element {
  return <Dynamic component={EDITORS[props.draft.type] as Component<{ draft: Draft; change: unknown }>} draft={props.draft} change={props.change} />;
}
