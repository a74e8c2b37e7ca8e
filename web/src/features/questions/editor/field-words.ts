import type { FieldError } from '#domain/problem.ts';

import type { messages } from './messages.ts';

type WrongKey = Extract<keyof typeof messages.en, `wrong.${string}`>;

const WORDS: readonly (readonly [pointer: RegExp, key: WrongKey, message?: RegExp])[] = [
  [/^\/text$/, 'wrong.gapTwice', /must mark the gap/],
  [/^\/text$/, 'wrong.gaps', /gap mark/],
  [/^\/text(?:\/value)?$/, 'wrong.text', /empty/],
  [/^\/points$/, 'wrong.points'],
  [/^\/options$|^\/options\/gaps\/[^/]+\/options$/, 'wrong.options'],
  [/^\/options\/(?:\d+|left\/\d+|right\/\d+|gaps\/[^/]+\/options\/\d+)\/text(?:\/value)?$/, 'wrong.optionText'],
  [/^\/key\/optionId$/, 'wrong.optionId'],
  [/^\/key\/optionIds$/, 'wrong.optionIds'],
  [/^\/key\/weights$/, 'wrong.weights'],
  [/\/accepted$/, 'wrong.accepted'],
  [/\/accepted\/\d+\/text$/, 'wrong.acceptedText'],
  [/\/accepted\/\d+\/(?:value|min|max|tolerance)$/, 'wrong.number', /number/],
  [/\/(?:ratio|minRatio)$|\/weights\/[^/]+$/, 'wrong.ratio'],
  [/^\/key\/gaps\/[^/]+\/optionId$/, 'wrong.gapOption'],
  [/^\/key\/order$/, 'wrong.order'],
  [/^\/key\/pairs\//, 'wrong.pairs'],
  [/^\/media$/, 'wrong.media'],
  [/^\/key\/areas$/, 'wrong.areas'],
  [/\/pattern$/, 'wrong.pattern'],
];

/** What is wrong with a field in words for an author, or undefined where the API says it best. */
export function wordsFor({ pointer, message }: FieldError): WrongKey | undefined {
  return WORDS.find(([at, , said]) => at.test(pointer) && (said === undefined || said.test(message)))?.[1];
}
