/** What of a paper goes to the student: every field is named here, so a new field of a question stays secret until it is added. */
import type {
  ClozeGap,
  EssayLimits,
  MediaRef,
  PaperItem,
  QuestionContent,
  RichText,
  VisibleOption,
} from '#domain/questions/types.ts';
import type { DrawnItem, DrawnPaper, StudentPaper } from './types.ts';

function visibleText(text: RichText): RichText {
  return { format: text.format, value: text.value };
}

function visibleOptions(options: readonly VisibleOption[]): VisibleOption[] {
  return options.map((option) => ({ id: option.id, text: visibleText(option.text) }));
}

function visibleMedia(media: MediaRef): MediaRef {
  return media.alt === undefined ? { id: media.id } : { id: media.id, alt: media.alt };
}

function visibleGap(gap: ClozeGap): ClozeGap {
  switch (gap.kind) {
    case 'choice':
      return { kind: 'choice', options: visibleOptions(gap.options) };
    case 'numeric':
      return gap.units === undefined ? { kind: 'numeric' } : { kind: 'numeric', units: [...gap.units] };
    case 'text':
      return gap.width === undefined ? { kind: 'text' } : { kind: 'text', width: gap.width };
  }
}

function essayLimits(key: { readonly minWords?: number; readonly maxWords?: number }): { options?: EssayLimits } {
  if (key.minWords === undefined && key.maxWords === undefined) return {};
  return {
    options: {
      ...(key.minWords === undefined ? {} : { minWords: key.minWords }),
      ...(key.maxWords === undefined ? {} : { maxWords: key.maxWords }),
    },
  };
}

function visibleGaps(gaps: Readonly<Record<string, ClozeGap>>): Record<string, ClozeGap> {
  return Object.fromEntries(Object.entries(gaps).map(([id, gap]) => [id, visibleGap(gap)]));
}

/** The student's view of one item: never key, feedback, explanation, weights, sample or question id. */
export function toPaperItem(item: Pick<DrawnItem, 'id' | 'points' | 'question'>): PaperItem {
  const { question } = item;
  const base = {
    id: item.id,
    text: visibleText(question.text),
    points: item.points,
    ...(question.media === undefined || question.media.length === 0 ? {} : { media: question.media.map(visibleMedia) }),
  };
  return withOptions(base, question);
}

function withOptions(base: Omit<PaperItem, 'type' | 'options'>, question: QuestionContent): PaperItem {
  switch (question.type) {
    case 'single-choice':
      return { ...base, type: 'single-choice', options: visibleOptions(question.options) };
    case 'multiple-choice':
      return { ...base, type: 'multiple-choice', options: visibleOptions(question.options) };
    case 'ordering':
      return { ...base, type: 'ordering', options: visibleOptions(question.options) };
    case 'matching':
      return { ...base, type: 'matching', options: { left: visibleOptions(question.options.left), right: visibleOptions(question.options.right) } };
    case 'cloze':
      return { ...base, type: 'cloze', options: { gaps: visibleGaps(question.options.gaps) } };
    case 'numeric':
      return { ...base, type: 'numeric', ...(question.options === undefined ? {} : { options: { units: [...question.options.units] } }) };
    case 'essay':
      return { ...base, type: 'essay', ...essayLimits(question.key) };
    case 'hot-spot':
      return { ...base, type: 'hot-spot', ...(question.options === undefined ? {} : { options: { maxPoints: question.options.maxPoints } }) };
    case 'file-upload':
      return { ...base, type: 'file-upload', ...(question.options === undefined ? {} : { options: pick(question.options, ['maxFiles', 'maxBytes', 'extensions']) }) };
    case 'code':
      return { ...base, type: 'code', ...(question.options === undefined ? {} : { options: pick(question.options, ['languages', 'template']) }) };
    case 'true-false':
    case 'short-text':
      return { ...base, type: question.type };
  }
}

function pick<Source extends object, Name extends keyof Source>(source: Source, names: readonly Name[]): Pick<Source, Name> {
  return Object.fromEntries(names.filter((name) => source[name] !== undefined).map((name) => [name, source[name]])) as Pick<Source, Name>;
}

/**
 * The student's view of a paper.
 * @param reached how many items the student has reached in the order of the paper; with forward navigation only these are
 * sent, and sections without one are left out. Absent: all.
 */
export function toStudentPaper(paper: DrawnPaper, reached?: number): StudentPaper {
  const limited = paper.navigation === 'forward' && reached !== undefined;
  let left = limited ? Math.max(0, reached) : Number.POSITIVE_INFINITY;
  const sections: { title: string; items: PaperItem[] }[] = [];
  let itemCount = 0;
  for (const section of paper.sections) {
    itemCount += section.items.length;
    const items = section.items.slice(0, left).map(toPaperItem);
    left -= items.length;
    if (!limited || items.length > 0) sections.push({ title: section.title, items });
  }
  return { instructions: paper.instructions, navigation: paper.navigation, display: paper.display, itemCount, sections };
}

/** The items of a paper in its own order. */
export function paperItems(paper: DrawnPaper): DrawnItem[] {
  return paper.sections.flatMap((section) => section.items);
}
