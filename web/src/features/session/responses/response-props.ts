import type { PaperItem, QuestionType, ResponseByType } from '#domain/questions/types.ts';

/** What the input of one question type is given. */
export interface ResponseProps<Type extends QuestionType> {
  item: Extract<PaperItem, { type: Type }>;
  /** null: no answer. */
  response: ResponseByType[Type] | null;
  /** Id of the element that asks the question. */
  labelledBy: string;
  readOnly: boolean;
  /** Takes what is being typed. */
  onType: (response: ResponseByType[Type] | null) => void;
  /** Takes what was chosen. */
  onChoose: (response: ResponseByType[Type] | null) => void;
}

/** Attributes of fields in which a browser must neither help nor leak: nothing filled in, corrected, looked up or translated. */
export const BARE_FIELD = { autocomplete: 'off', autocorrect: 'off', autocapitalize: 'off', spellcheck: false, translate: 'no', 'data-gramm': 'false', 'data-1p-ignore': '', 'data-lpignore': 'true' } as const;

/** A, B … Z, AA, AB … */
export function letterOf(index: number): string {
  return (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}
