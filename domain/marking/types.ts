/** In which turn a grader marks; the second is blind to the first. */
export type MarkerRole = 'first' | 'second';

/** A level of a criterion. */
export interface RubricLevel {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Decimal string. */
  readonly points: string;
}

/** A criterion: `points` in additive rubrics, `levels` in level rubrics. */
export interface RubricCriterion {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Decimal string, may be below 0. */
  readonly points?: string | undefined;
  readonly levels?: readonly RubricLevel[] | undefined;
}

/** A rubric: chosen criteria add up, or each criterion gives the points of its chosen level. */
export interface RubricContent {
  readonly kind: 'additive' | 'level';
  readonly criteria: readonly RubricCriterion[];
}

/** What a grader chose of one criterion. */
export interface RubricChoice {
  readonly criterionId: string;
  readonly levelId: string | null;
  readonly comment: string | null;
}

/** Points for one part of an answer. */
export interface MarkPart {
  readonly label: string;
  /** Decimal string. */
  readonly points: string;
  readonly comment: string | null;
}

/** A remark at a place of the answer. */
export type Annotation = TextAnnotation | ImageAnnotation;

interface Remark {
  readonly note: string;
  /** Decimal string; it does not change the mark. */
  readonly points?: string | null | undefined;
  readonly criterionId?: string | null | undefined;
  readonly tone?: 'good' | 'bad' | 'neutral' | undefined;
}

/** A remark about some words; offsets in UTF-16 units of the plain text, the end exclusive. */
export interface TextAnnotation extends Remark {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
}

/** A remark about a place of an image, in fractions 0..1; without a file it is the image of the question. */
export interface ImageAnnotation extends Remark {
  readonly kind: 'image';
  readonly fileId: string | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
