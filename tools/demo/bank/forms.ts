import type { Difficulty, MultipleChoiceScoring, NumericUnit, QuestionContent, RichText } from '#domain/questions/types.ts';

/** A question of the demo bank, known by its title. */
export interface DemoQuestion {
  readonly title: string;
  readonly content: QuestionContent;
  readonly topic: string;
  readonly difficulty: Difficulty;
  readonly tags: readonly string[];
  /** What students who do not know it write: texts of a short text, numbers of a numeric question. */
  readonly slips: readonly string[];
  readonly origin: 'manual' | 'import';
}

/** What every form takes besides its own parts. */
interface Common {
  readonly title: string;
  readonly topic: string;
  readonly difficulty?: Difficulty;
  readonly tags?: readonly string[];
  readonly explanation?: string;
  readonly points?: string;
}

const IDS = 'abcdefgh';

/** One right option; the first wrong one is the one that tempts most. */
export function single(common: Common, text: string, right: string, wrong: readonly string[]): DemoQuestion {
  const texts = placed(common.title, [right, ...wrong]);
  return question(common, { type: 'single-choice', text: plain(text), points: '1', options: optionsOf(texts), key: { optionId: IDS[texts.indexOf(right)]! } });
}

/** Several right options. */
export function multiple(common: Common, text: string, right: readonly string[], wrong: readonly string[], scoring: MultipleChoiceScoring = 'partial'): DemoQuestion {
  const texts = placed(common.title, [...right, ...wrong]);
  const optionIds = right.map((option) => IDS[texts.indexOf(option)]!).sort();
  return question(common, { type: 'multiple-choice', text: plain(text), points: '2', options: optionsOf(texts), key: { optionIds, scoring } });
}

/** A statement. */
export function statement(common: Common, text: string, value: boolean): DemoQuestion {
  return question(common, { type: 'true-false', text: plain(text), points: '1', key: { value } });
}

/** A word or phrase. */
export function word(common: Common, text: string, accepted: readonly string[], slips: readonly string[]): DemoQuestion {
  const key = { accepted: accepted.map((entry) => ({ text: entry })), matchCase: false, collapseSpaces: true };
  return { ...question(common, { type: 'short-text', text: plain(text), points: '1', key }), slips };
}

/** A number, with units to choose from when there are any; the first unit is the one of the key. */
export function number(common: Common, text: string, value: string, tolerance: string, slips: readonly string[], units: readonly NumericUnit[] = []): DemoQuestion {
  const choice = units.length === 0 ? {} : { options: { units: units.map((unit) => unit.name) } };
  const key = { accepted: [{ value, tolerance }], ...(units.length === 0 ? {} : { units }) };
  return { ...question(common, { type: 'numeric', text: plain(text), points: '2', ...choice, key }), slips };
}

/** A text that a person marks. */
export function essay(common: Common, text: string, limits: { readonly minWords: number; readonly maxWords: number }, sample: string): DemoQuestion {
  return question(common, { type: 'essay', text: plain(text), points: '5', key: { ...limits, sample } });
}

/** Elements given in their right order. */
export function ordering(common: Common, text: string, elements: readonly string[]): DemoQuestion {
  const options = optionsOf(elements);
  return question(common, { type: 'ordering', text: plain(text), points: '2', options, key: { order: options.map((option) => option.id) } });
}

/** Rows that belong together. */
export function matching(common: Common, text: string, pairs: readonly (readonly [left: string, right: string])[]): DemoQuestion {
  const left = pairs.map(([value], index) => ({ id: `l${index + 1}`, text: plain(value) }));
  const right = pairs.map(([, value], index) => ({ id: `r${index + 1}`, text: plain(value) }));
  const key = { pairs: Object.fromEntries(left.map((row, index) => [row.id, right[index]!.id])) };
  return question(common, { type: 'matching', text: plain(text), points: '2', options: { left, right }, key });
}

/** Makes a question out of its content. */
export function question(common: Common, content: QuestionContent): DemoQuestion {
  const { title, topic, difficulty = 'medium', tags = [], explanation, points } = common;
  const complete = { ...content, ...(points === undefined ? {} : { points }), ...(explanation === undefined ? {} : { explanation: plain(explanation) }) };
  return { title, content: complete, topic, difficulty, tags: withTopic(complete.type, topic, tags), slips: [], origin: 'manual' };
}

/** The tag of the questions that papers can be drawn from. */
export function topicTag(topic: string): string {
  return topic.toLowerCase().replaceAll(' ', '-');
}

/** The tags of a question and the one of its topic; essays go without it, since nobody gets one by chance. */
export function withTopic(type: QuestionContent['type'], topic: string, tags: readonly string[]): string[] {
  return [...new Set([...(type === 'essay' ? [] : [topicTag(topic)]), ...tags])];
}

/** A text without any format. */
export function plain(value: string): RichText {
  return { format: 'plain', value };
}

function optionsOf(texts: readonly string[]) {
  return texts.map((text, index) => ({ id: IDS[index]!, text: plain(text) }));
}

/** The right options must not always come first, and their places must not change from one loading to the next. */
function placed(title: string, texts: readonly string[]): string[] {
  const turn = [...title].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % texts.length;
  return [...texts.slice(turn), ...texts.slice(0, turn)];
}
