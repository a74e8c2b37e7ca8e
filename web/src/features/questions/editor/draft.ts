import { gapIds } from '#domain/questions/cloze-marks.ts';
import type { Difficulty, MediaRef, QuestionContent, QuestionType, RichText } from '#domain/questions/types.ts';

import type { Question } from '../api.ts';

type Mutable<T> = T extends object ? { -readonly [Name in keyof T]: Mutable<T[Name]> } : T;
type WithMeta<Content> = Content extends QuestionContent ? Mutable<Omit<Content, 'explanation' | 'media' | 'points'>> & Meta : never;

interface Meta {
  points: string;
  media: MediaRef[];
  explanation: RichText;
  tags: string[];
  subject: string;
  topic: string;
  difficulty: Difficulty;
}

/** A question while it is edited: the wire form with every optional text present. */
export type Draft = WithMeta<QuestionContent>;
/** A draft of one type. */
export type DraftOf<Type extends QuestionType> = Extract<Draft, { type: Type }>;
/** An option while it is edited. */
export type DraftOption = DraftOf<'single-choice'>['options'][number];
/** A change of a draft. */
export type Change<Type extends QuestionType> = (work: (draft: DraftOf<Type>) => void) => void;

const plain = (value = ''): RichText => ({ format: 'plain', value });

/** An option id that none of the others has: a, b, … z, then o27, o28. */
export function freshId(taken: readonly { readonly id: string }[], prefix = ''): string {
  for (let index = 0; ; index += 1) {
    const id = prefix !== '' ? `${prefix}${index + 1}` : index < 26 ? String.fromCharCode(97 + index) : `o${index + 1}`;
    if (!taken.some((other) => other.id === id)) return id;
  }
}

function options(count: number, prefix = ''): DraftOption[] {
  const made: DraftOption[] = [];
  for (let index = 0; index < count; index += 1) made.push({ id: freshId(made, prefix), text: plain() });
  return made;
}

const EMPTY: { readonly [Type in QuestionType]: () => Omit<DraftOf<Type>, keyof Meta | 'text' | 'type'> } = {
  'single-choice': () => ({ options: options(4), key: { optionId: '' } }),
  'multiple-choice': () => ({ options: options(4), key: { optionIds: [], scoring: 'partial' } }),
  'true-false': () => ({ key: { value: true } }),
  'short-text': () => ({ key: { accepted: [{ text: '' }], matchCase: false, collapseSpaces: true } }),
  numeric: () => ({ key: { accepted: [{ value: '', tolerance: '0' }] } }),
  essay: () => ({ key: {} }),
  matching: () => ({ options: { left: options(3, 'l'), right: options(3, 'r') }, key: { pairs: { l1: 'r1', l2: 'r2', l3: 'r3' } } }),
  ordering: () => ({ options: options(3), key: { order: ['a', 'b', 'c'] } }),
  cloze: () => ({ options: { gaps: {} }, key: { gaps: {} } }),
  'hot-spot': () => ({ options: { maxPoints: 1 }, key: { areas: [] } }),
  'file-upload': () => ({ options: { maxFiles: 1, maxBytes: 10_000_000, extensions: ['pdf'] }, key: {} }),
  code: () => ({ options: { languages: ['python'] }, key: {} }),
};

/** A new question. */
export function emptyDraft(type: QuestionType): Draft {
  return { type, text: plain(), points: '1', media: [], explanation: plain(), tags: [], subject: '', topic: '', difficulty: 'medium', ...EMPTY[type]() } as Draft;
}

/** A stored question to edit. */
export function draftOf(question: Question): Draft {
  const copy = structuredClone(question) as unknown as Record<string, unknown>;
  const base = EMPTY[question.type]() as { options?: unknown };
  return {
    type: question.type,
    text: copy['text'],
    ...(question.options === undefined ? (['numeric', 'file-upload', 'code', 'hot-spot'].includes(question.type) ? {} : base) : { options: copy['options'] }),
    key: copy['key'],
    points: question.points,
    media: copy['media'],
    explanation: copy['explanation'] ?? plain(),
    tags: [...question.tags],
    subject: question.subject ?? '',
    topic: question.topic ?? '',
    difficulty: question.difficulty,
  } as unknown as Draft;
}

/** The draft as another type; text, tags and what the new type can use stay. */
export function convertDraft(draft: Draft, type: QuestionType): Draft {
  const { text, points, media, explanation, tags, subject, topic, difficulty } = draft;
  const fresh = { ...emptyDraft(type), text, points, media, explanation, tags, subject, topic, difficulty } as Draft;
  const listed = draft.type === 'single-choice' || draft.type === 'multiple-choice' || draft.type === 'ordering' ? draft.options : undefined;
  if (listed !== undefined && fresh.type === 'single-choice') {
    fresh.options = listed;
    if (draft.type === 'multiple-choice') fresh.key = { optionId: draft.key.optionIds[0] ?? '' };
  } else if (listed !== undefined && fresh.type === 'multiple-choice') {
    fresh.options = listed;
    if (draft.type === 'single-choice') fresh.key = { optionIds: draft.key.optionId === '' ? [] : [draft.key.optionId], scoring: 'partial' };
  } else if (listed !== undefined && fresh.type === 'ordering') {
    fresh.options = listed.map(({ id, text: words }) => ({ id, text: words }));
    fresh.key = { order: listed.map(({ id }) => id) };
  }
  return fresh;
}

const filled = (value: string | undefined): string | undefined => (value === undefined || value.trim() === '' ? undefined : value);
const filledText = (text: RichText | undefined): RichText | undefined => (text === undefined || text.value.trim() === '' ? undefined : text);

/** The draft as the API takes it. */
export function inputOf(draft: Draft): Record<string, unknown> {
  const { explanation, subject, topic, media, ...rest } = draft;
  return {
    ...rest,
    ...contentOf(draft),
    points: draft.points.trim() === '' ? '0' : draft.points.trim().replace(',', '.'),
    ...(filledText(explanation) === undefined ? {} : { explanation }),
    subject: filled(subject)?.trim() ?? null,
    topic: filled(topic)?.trim() ?? null,
    media: media.map(({ id, alt }) => ({ id, ...(filled(alt) === undefined ? {} : { alt }) })),
  };
}

function contentOf(draft: Draft): Record<string, unknown> {
  switch (draft.type) {
    case 'single-choice': {
      const { optionId, weights } = draft.key;
      const kept = ratiosOf(weights, draft.options);
      return { options: draft.options.map(withoutEmptyFeedback), key: { optionId, ...(kept === undefined ? {} : { weights: kept }) } };
    }
    case 'multiple-choice': {
      const { optionIds, scoring, weights, minRatio } = draft.key;
      const weighed = scoring === 'weights' ? (ratiosOf(weights, draft.options) ?? {}) : undefined;
      return {
        options: draft.options.map(withoutEmptyFeedback),
        key: {
          scoring,
          optionIds: scoring === 'weights' ? Object.entries(weighed ?? {}).filter(([, ratio]) => Number(ratio) > 0).map(([id]) => id) : optionIds,
          ...(weighed === undefined ? {} : { weights: weighed }),
          ...(scoring !== 'weights' || filled(minRatio) === undefined ? {} : { minRatio }),
        },
      };
    }
    case 'short-text':
      return { key: shortTextKey(draft.key) };
    case 'numeric': {
      const key = numericKey(draft.key);
      const offered = draft.options?.units;
      return { key, options: offered === undefined || key['units'] === undefined ? undefined : { units: (key['units'] as { name: string }[]).map(({ name }) => name) } };
    }
    case 'cloze': {
      const marked = new Set(gapIds(draft.text.value));
      const only = <T>(record: Readonly<Record<string, T>>): [string, T][] => Object.entries(record).filter(([id]) => marked.has(id));
      return {
        options: { gaps: Object.fromEntries(only(draft.options.gaps)) },
        key: {
          gaps: Object.fromEntries(only(draft.key.gaps).map(([id, key]) => {
            const kind = draft.options.gaps[id]?.kind;
            const points = filled(key.points) === undefined ? {} : { points: key.points };
            if (kind === 'text') return [id, { ...shortTextKey(key as never), ...points }];
            return [id, kind === 'numeric' ? { ...numericKey(key as never), ...points } : key];
          })),
        },
      };
    }
    case 'essay': {
      const { minWords, maxWords, sample } = draft.key;
      return { key: { ...(minWords === undefined ? {} : { minWords }), ...(maxWords === undefined ? {} : { maxWords }), ...(filled(sample) === undefined ? {} : { sample }) } };
    }
    case 'code':
      return { key: filled(draft.key?.sample) === undefined ? {} : { sample: draft.key!.sample }, options: draft.options === undefined ? undefined : { languages: draft.options.languages, ...(filled(draft.options.template) === undefined ? {} : { template: draft.options.template }) } };
    case 'true-false':
    case 'matching':
    case 'ordering':
    case 'hot-spot':
    case 'file-upload':
      return {};
  }
}

function withoutEmptyFeedback({ id, text, feedback }: DraftOption): object {
  return filledText(feedback) === undefined ? { id, text } : { id, text, feedback };
}

function ratiosOf(weights: Readonly<Record<string, string>> | undefined, among: readonly { readonly id: string }[]): Record<string, string> | undefined {
  const kept = Object.entries(weights ?? {}).filter(([id, ratio]) => filled(ratio) !== undefined && among.some((option) => option.id === id));
  return kept.length === 0 ? undefined : Object.fromEntries(kept.map(([id, ratio]) => [id, ratio.trim().replace(',', '.')]));
}

function shortTextKey({ accepted, matchCase, collapseSpaces, pattern }: DraftOf<'short-text'>['key']): Record<string, unknown> {
  const texts = filled(pattern) === undefined ? accepted : accepted.filter(({ text }) => text.trim() !== '');
  return {
    accepted: texts.map(({ text, ratio }) => ({ text, ...(filled(ratio) === undefined ? {} : { ratio }) })),
    matchCase,
    collapseSpaces,
    ...(filled(pattern) === undefined ? {} : { pattern }),
  };
}

function numericKey({ accepted, units }: DraftOf<'numeric'>['key']): Record<string, unknown> {
  return {
    accepted: accepted.map((entry) => {
      const ratio = filled(entry.ratio) === undefined ? {} : { ratio: entry.ratio };
      if ('value' in entry) return { value: entry.value, ...(filled(entry.tolerance) === undefined ? {} : { tolerance: entry.tolerance }), ...ratio };
      return { min: entry.min, max: entry.max, ...ratio };
    }),
    ...(units === undefined || units.length === 0 ? {} : { units }),
  };
}
