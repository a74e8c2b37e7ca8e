import type { ReviewItem } from '../api.ts';

/** One thing that was answered, or that should have been. */
export interface ResponseLine {
  /** What it stands beside: a row of a matching, the name of a gap. */
  readonly label?: string;
  readonly text: string;
  /** `right` and `wrong` were given; `missed` is right and was not given; `idle` is an option that plays no part. */
  readonly verdict: 'given' | 'right' | 'wrong' | 'missed' | 'idle';
  /** What would have been right, where another text stood. */
  readonly expected?: string;
}

/** An answer beside its key. */
export type Answered =
  | { readonly kind: 'none' }
  | { readonly kind: 'lines'; readonly lines: readonly ResponseLine[]; readonly note?: 'accepted'; readonly accepted?: readonly string[] }
  | { readonly kind: 'text'; readonly text: string; readonly format: 'plain' | 'html'; readonly sample?: string }
  | { readonly kind: 'code'; readonly text: string; readonly language: string; readonly sample?: string }
  | { readonly kind: 'points'; readonly points: readonly (readonly [number, number])[] }
  | { readonly kind: 'files'; readonly fileIds: readonly string[] };

type Json = Readonly<Record<string, unknown>>;
interface Shown { readonly id: string; readonly text: { readonly value: string; readonly format?: string } }
type Reader = (item: Pick<ReviewItem, 'options' | 'key'>, response: Json, words: { true: string; false: string }) => Answered;

const READERS: Readonly<Record<string, Reader>> = {
  'single-choice': ({ options, key }, response) => choice(list(options), new Set([String(response['optionId'])]), key === undefined ? undefined : new Set([String(key['optionId'])])),
  'multiple-choice': ({ options, key }, response) => choice(list(options), new Set(strings(response['optionIds'])), key === undefined ? undefined : new Set(strings(key['optionIds']))),
  'true-false': ({ key }, response, words) => {
    const given = response['value'];
    return lines([true, false].map((value) => mark(value ? words.true : words.false, given === value, key === undefined ? undefined : key['value'] === value)));
  },
  'short-text': ({ key }, response) => withAccepted([{ text: String(response['text'] ?? ''), verdict: 'given' }], acceptedTexts(key)),
  numeric: ({ key }, response) => withAccepted([{ text: `${String(response['value'] ?? '')}${typeof response['unit'] === 'string' ? ` ${response['unit']}` : ''}`, verdict: 'given' }], acceptedNumbers(key)),
  essay: ({ key }, response) => ({ kind: 'text', text: String(response['text'] ?? ''), format: response['format'] === 'html' ? 'html' : 'plain', ...sample(key) }),
  code: ({ key }, response) => ({ kind: 'code', text: String(response['text'] ?? ''), language: String(response['language'] ?? ''), ...sample(key) }),
  matching: ({ options, key }, response) => {
    const { left = [], right = [] } = (options ?? {}) as { left?: Shown[]; right?: Shown[] };
    const given = record(response['pairs']);
    const wanted = key === undefined ? undefined : record(key['pairs']);
    return lines(left.map((row) => compared(plain(row), nameOf(right, given[row.id]), wanted === undefined ? undefined : nameOf(right, wanted[row.id]))));
  },
  ordering: ({ options, key }, response) => {
    const names = list(options);
    const wanted = key === undefined ? undefined : strings(key['order']);
    return lines(strings(response['order']).map((id, index) => compared(String(index + 1), nameOf(names, id), wanted === undefined ? undefined : nameOf(names, wanted[index]))));
  },
  cloze: ({ options, key }, response) => {
    const gaps = record((options as Json | undefined)?.['gaps']);
    const given = record(response['gaps']);
    const wanted = key === undefined ? undefined : record(key['gaps']);
    return lines(Object.keys(gaps).map((name) => gapLine(name, record(gaps[name]), given[name], wanted === undefined ? undefined : record(wanted[name]))));
  },
  'hot-spot': (_item, response) => ({ kind: 'points', points: (Array.isArray(response['points']) ? response['points'] : []) as [number, number][] }),
  'file-upload': (_item, response) => ({ kind: 'files', fileIds: strings(response['fileIds']) }),
};

/** Puts an answer beside its key; without a key it is told as it was given. */
export function readResponse(item: Pick<ReviewItem, 'type' | 'options' | 'key'>, response: unknown, words: { true: string; false: string }): Answered {
  const reader = READERS[item.type];
  if (typeof response !== 'object' || response === null) {
    return item.key === undefined || reader === undefined || item.type === 'hot-spot' || item.type === 'file-upload' ? { kind: 'none' } : unanswered(reader(item, {}, words));
  }
  return reader === undefined ? { kind: 'text', text: JSON.stringify(response, null, 2), format: 'plain' } : reader(item, response as Json, words);
}

/** The text of an answer, for a comparison of two of them. */
export function textOf(item: Pick<ReviewItem, 'type' | 'options' | 'key'>, response: unknown, words: { true: string; false: string }): string {
  const { key: _key, ...open } = item;
  const answered = readResponse(open, response, words);
  if (answered.kind === 'text' || answered.kind === 'code') return answered.text;
  if (answered.kind === 'lines') return answered.lines.filter(({ verdict }) => verdict === 'given').map(({ label, text }) => (label === undefined ? text : `${label}: ${text}`)).join('\n');
  if (answered.kind === 'points') return answered.points.map(([x, y]) => `${percent(x)}, ${percent(y)}`).join('\n');
  return answered.kind === 'files' ? answered.fileIds.join('\n') : '';
}

/** A fraction as a percent with one place. */
export function percent(fraction: number): string {
  return String(Math.round(fraction * 1_000) / 10);
}

function unanswered(answered: Answered): Answered {
  if (answered.kind !== 'lines') return answered.kind === 'text' && answered.sample !== undefined ? answered : { kind: 'none' };
  return { ...answered, lines: answered.lines.filter(({ text, verdict, expected }) => verdict === 'missed' || verdict === 'idle' || expected !== undefined || (text !== '' && verdict !== 'given')) };
}

function choice(options: readonly Shown[], given: ReadonlySet<string>, right: ReadonlySet<string> | undefined): Answered {
  return lines(options.map((option) => mark(plain(option), given.has(option.id), right?.has(option.id))));
}

function mark(text: string, isGiven: boolean, isRight: boolean | undefined): ResponseLine {
  if (isRight === undefined) return { text, verdict: isGiven ? 'given' : 'idle' };
  return { text, verdict: isGiven ? (isRight ? 'right' : 'wrong') : isRight ? 'missed' : 'idle' };
}

function compared(label: string, text: string, wanted: string | undefined): ResponseLine {
  if (wanted === undefined) return { label, text, verdict: 'given' };
  return text === wanted ? { label, text, verdict: 'right' } : { label, text, verdict: 'wrong', expected: wanted };
}

function gapLine(name: string, gap: Json, given: unknown, key: Json | undefined): ResponseLine {
  const response = record(given);
  if (gap['kind'] === 'choice') {
    const options = list(gap['options']);
    return compared(name, nameOf(options, response['optionId']), key === undefined ? undefined : nameOf(options, key['optionId']));
  }
  const text = gap['kind'] === 'numeric' ? `${String(response['value'] ?? '')}${typeof response['unit'] === 'string' ? ` ${response['unit']}` : ''}` : String(response['text'] ?? '');
  const accepted = key === undefined ? [] : gap['kind'] === 'numeric' ? acceptedNumbers(key) : acceptedTexts(key);
  return { label: name, text, verdict: 'given', ...(accepted.length === 0 ? {} : { expected: accepted.join(' / ') }) };
}

function lines(found: readonly ResponseLine[]): Answered {
  return { kind: 'lines', lines: found };
}

function withAccepted(found: readonly ResponseLine[], accepted: readonly string[]): Answered {
  return accepted.length === 0 ? lines(found) : { kind: 'lines', lines: found, accepted };
}

function acceptedTexts(key: Json | undefined): string[] {
  const texts = (Array.isArray(key?.['accepted']) ? key['accepted'] : []).map((entry: Json) => String(entry['text'] ?? ''));
  return typeof key?.['pattern'] === 'string' ? [...texts, `/${key['pattern']}/`] : texts;
}

function acceptedNumbers(key: Json | undefined): string[] {
  return (Array.isArray(key?.['accepted']) ? key['accepted'] : []).map((entry: Json) => {
    if (entry['value'] === undefined) return `${String(entry['min'])} – ${String(entry['max'])}`;
    return entry['tolerance'] === undefined || entry['tolerance'] === '0' ? String(entry['value']) : `${String(entry['value'])} ± ${String(entry['tolerance'])}`;
  });
}

function sample(key: Json | undefined): { sample?: string } {
  return typeof key?.['sample'] === 'string' && key['sample'] !== '' ? { sample: key['sample'] } : {};
}

function list(options: unknown): Shown[] {
  return Array.isArray(options) ? (options as Shown[]) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function nameOf(options: readonly Shown[], id: unknown): string {
  const found = options.find((option) => option.id === id);
  return found === undefined ? '' : plain(found);
}

// labels are short; markup in them would only be in the way of a comparison
function plain({ text }: Shown): string {
  return text.format === 'html' ? text.value.replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&') : text.value;
}
