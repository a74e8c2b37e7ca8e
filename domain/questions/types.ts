/** Plain types of questions, of what a student sees of them and of the responses; api.md table "Questions" is their wire form. */
import type { FieldError } from '#domain/problem.ts';

/** How a text is to be read. */
export type TextFormat = 'html' | 'markdown' | 'plain';

/** A text with its format. */
export interface RichText {
  readonly format: TextFormat;
  readonly value: string;
}

/** How hard the author thinks a question is. */
export type Difficulty = 'easy' | 'medium' | 'hard';

/** An image, sound or film that belongs to a question; `id` names the stored file. */
export interface MediaRef {
  readonly id: string;
  readonly alt?: string;
}

/** A choice, a row of a matching or an element of an ordering, as a student sees it. */
export interface VisibleOption {
  readonly id: string;
  readonly text: RichText;
}

/** An option with what only staff (and the student after publication) see. */
export interface QuestionOption extends VisibleOption {
  readonly feedback?: RichText;
}

interface QuestionBase {
  readonly text: RichText;
  /** Decimal string, more than 0 or 0. */
  readonly points: string;
  readonly media?: readonly MediaRef[];
  /** Shown with the result, never in a session. */
  readonly explanation?: RichText;
}

/** Exactly one option is right. */
export interface SingleChoiceQuestion extends QuestionBase {
  readonly type: 'single-choice';
  readonly options: readonly QuestionOption[];
  readonly key: {
    readonly optionId: string;
    /** Part credit of other options, decimal ratio; the key itself counts 1 unless it stands here. */
    readonly weights?: Readonly<Record<string, string>>;
  };
}

/** How a multiple choice turns chosen options into a ratio of the points. */
export type MultipleChoiceScoring = 'all-or-nothing' | 'partial' | 'weights';

/** Any number of options is right. */
export interface MultipleChoiceQuestion extends QuestionBase {
  readonly type: 'multiple-choice';
  readonly options: readonly QuestionOption[];
  readonly key: {
    readonly optionIds: readonly string[];
    readonly scoring: MultipleChoiceScoring;
    /** Decimal ratio per option, may be below 0; an option that is absent weighs 0. */
    readonly weights?: Readonly<Record<string, string>>;
    /** Lowest ratio that the weights can sum to, -1..0; 0 when absent, so wrong choices never cost points of other items. */
    readonly minRatio?: string;
  };
}

/** A statement to judge. */
export interface TrueFalseQuestion extends QuestionBase {
  readonly type: 'true-false';
  readonly key: { readonly value: boolean };
}

/** A text that earns a ratio of the points. */
export interface AcceptedText {
  readonly text: string;
  /** Decimal ratio 0..1; 1 when absent. */
  readonly ratio?: string;
}

/** What a short text must be. */
export interface ShortTextKey {
  readonly accepted: readonly AcceptedText[];
  readonly matchCase: boolean;
  readonly collapseSpaces: boolean;
  /** RE2 syntax; must match the whole text; earns the full points. */
  readonly pattern?: string;
}

/** A word or phrase to type. */
export interface ShortTextQuestion extends QuestionBase {
  readonly type: 'short-text';
  readonly key: ShortTextKey;
}

/** A number that earns a ratio of the points: value with tolerance, or a range; both ends count as inside. */
export type AcceptedNumber =
  | { readonly value: string; readonly tolerance?: string; readonly ratio?: string }
  | { readonly min: string; readonly max: string; readonly ratio?: string };

/** A unit the number may be given in; the value times `factor` is in the unit of the key. */
export interface NumericUnit {
  readonly name: string;
  readonly factor: string;
}

/** What a number must be. */
export interface NumericKey {
  readonly accepted: readonly AcceptedNumber[];
  readonly units?: readonly NumericUnit[];
}

/** A number to type. */
export interface NumericQuestion extends QuestionBase {
  readonly type: 'numeric';
  /** Units offered to the student; without them a unit is typed, if the key has any. */
  readonly options?: { readonly units: readonly string[] };
  readonly key: NumericKey;
}

/** A text a person marks. */
export interface EssayQuestion extends QuestionBase {
  readonly type: 'essay';
  readonly key: { readonly minWords?: number; readonly maxWords?: number; readonly sample?: string };
}

/** Every left row is to be joined with a right one. */
export interface MatchingQuestion extends QuestionBase {
  readonly type: 'matching';
  readonly options: { readonly left: readonly VisibleOption[]; readonly right: readonly VisibleOption[] };
  readonly key: { readonly pairs: Readonly<Record<string, string>> };
}

/** Elements to put in order. */
export interface OrderingQuestion extends QuestionBase {
  readonly type: 'ordering';
  readonly options: readonly VisibleOption[];
  readonly key: { readonly order: readonly string[] };
}

/** A gap as the student sees it. */
export type ClozeGap =
  | { readonly kind: 'text'; readonly width?: number }
  | { readonly kind: 'numeric'; readonly units?: readonly string[] }
  | { readonly kind: 'choice'; readonly options: readonly VisibleOption[] };

/** The key of a gap; `points` weigh the gaps against each other. */
export type ClozeGapKey =
  | (ShortTextKey & { readonly points?: string })
  | (NumericKey & { readonly points?: string })
  | { readonly optionId: string; readonly points?: string };

/** A text with gaps, marked `[[gapId]]` in it. */
export interface ClozeQuestion extends QuestionBase {
  readonly type: 'cloze';
  readonly options: { readonly gaps: Readonly<Record<string, ClozeGap>> };
  readonly key: { readonly gaps: Readonly<Record<string, ClozeGapKey>> };
}

/** A point of an image in fractions 0..1 of its width and height. */
export type ImagePoint = readonly [x: number, y: number];

/** An area of an image: `rect` two corners, `circle` centre and a point on its edge, `polygon` three or more corners. */
export interface HotSpotArea {
  readonly shape: 'rect' | 'circle' | 'polygon';
  readonly points: readonly ImagePoint[];
  /** Decimal ratio, may be below 0; 1 when absent. */
  readonly ratio?: string;
}

/** Places to mark on the first image of `media`. */
export interface HotSpotQuestion extends QuestionBase {
  readonly type: 'hot-spot';
  /** Most points a student may set; 1 when absent. */
  readonly options?: { readonly maxPoints: number };
  readonly key: { readonly areas: readonly HotSpotArea[] };
}

/** Files to hand in. */
export interface FileUploadQuestion extends QuestionBase {
  readonly type: 'file-upload';
  readonly options?: { readonly maxFiles?: number; readonly maxBytes?: number; readonly extensions?: readonly string[] };
  readonly key?: Readonly<Record<string, never>>;
}

/** Source code to write; it is shown, never run. */
export interface CodeQuestion extends QuestionBase {
  readonly type: 'code';
  readonly options?: { readonly languages: readonly string[]; readonly template?: string };
  readonly key?: { readonly sample?: string };
}

/** The definition of a question of any type, key included. */
export type QuestionContent =
  | SingleChoiceQuestion
  | MultipleChoiceQuestion
  | TrueFalseQuestion
  | ShortTextQuestion
  | NumericQuestion
  | EssayQuestion
  | MatchingQuestion
  | OrderingQuestion
  | ClozeQuestion
  | HotSpotQuestion
  | FileUploadQuestion
  | CodeQuestion;

/** Names of the question types. */
export type QuestionType = QuestionContent['type'];

/** Every question type, in the order in which they are offered. */
export const QUESTION_TYPES = [
  'single-choice',
  'multiple-choice',
  'true-false',
  'short-text',
  'numeric',
  'essay',
  'matching',
  'ordering',
  'cloze',
  'hot-spot',
  'file-upload',
  'code',
] as const satisfies readonly QuestionType[];

/** What the bank knows about a question besides its content. */
export interface QuestionMeta {
  readonly tags: readonly string[];
  readonly subject: string | null;
  readonly topic: string | null;
  readonly difficulty: Difficulty;
}

/** A response per question type; null is a cleared answer. */
export interface ResponseByType {
  readonly 'single-choice': { readonly optionId: string };
  readonly 'multiple-choice': { readonly optionIds: readonly string[] };
  readonly 'true-false': { readonly value: boolean };
  readonly 'short-text': { readonly text: string };
  readonly numeric: { readonly value: string; readonly unit?: string };
  readonly essay: { readonly text: string; readonly format?: 'plain' | 'html' };
  readonly matching: { readonly pairs: Readonly<Record<string, string>> };
  readonly ordering: { readonly order: readonly string[] };
  readonly cloze: { readonly gaps: Readonly<Record<string, GapResponse | null>> };
  readonly 'hot-spot': { readonly points: readonly ImagePoint[] };
  readonly 'file-upload': { readonly fileIds: readonly string[] };
  readonly code: { readonly text: string; readonly language?: string };
}

/** The response to one gap of a cloze. */
export type GapResponse = ResponseByType['short-text'] | ResponseByType['numeric'] | ResponseByType['single-choice'];

/** A response to a question of any type. */
export type QuestionResponse = ResponseByType[QuestionType];

interface PaperItemBase<Type extends QuestionType> {
  readonly id: string;
  readonly type: Type;
  readonly text: RichText;
  /** Decimal string: what the item is worth in this exam. */
  readonly points: string;
  readonly media?: readonly MediaRef[];
}

interface PaperItemWith<Type extends QuestionType, Options> extends PaperItemBase<Type> {
  readonly options: Options;
}

/** Word limits of an essay, the only part of its key a student sees. */
export interface EssayLimits {
  readonly minWords?: number;
  readonly maxWords?: number;
}

/** One item as a student sees it in a session: never key, feedback, explanation, weights or question id. */
export type PaperItem =
  | PaperItemWith<'single-choice', readonly VisibleOption[]>
  | PaperItemWith<'multiple-choice', readonly VisibleOption[]>
  | PaperItemBase<'true-false'>
  | PaperItemBase<'short-text'>
  | (PaperItemBase<'numeric'> & { readonly options?: { readonly units: readonly string[] } })
  | (PaperItemBase<'essay'> & { readonly options?: EssayLimits })
  | PaperItemWith<'matching', MatchingQuestion['options']>
  | PaperItemWith<'ordering', readonly VisibleOption[]>
  | PaperItemWith<'cloze', ClozeQuestion['options']>
  | (PaperItemBase<'hot-spot'> & { readonly options?: HotSpotQuestion['options'] })
  | (PaperItemBase<'file-upload'> & { readonly options?: FileUploadQuestion['options'] })
  | (PaperItemBase<'code'> & { readonly options?: CodeQuestion['options'] });

/** One thing that is wrong with a value; `pointer` is an RFC 6901 JSON pointer into it. */
export type ContentError = FieldError;

/** The verdict of a check: all errors, or none. */
export type CheckResult = { readonly ok: true } | { readonly ok: false; readonly errors: readonly ContentError[] };
