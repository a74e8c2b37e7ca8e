import type { PaperItem, RichText } from '#domain/questions/types.ts';
import type { Paper } from '#web/features/session/types.ts';

import type { messages } from './messages.ts';

type Word = Exclude<keyof typeof messages.en, 'answered'>;

/** A paper with a question of most types. @param t texts in the language of the page */
export function practicePaper(t: (key: Word) => string): Paper {
  const text = (key: Word): RichText => ({ format: 'plain', value: t(key) });
  const options = (...keys: Word[]): { id: string; text: RichText }[] => keys.map((id) => ({ id, text: text(id) }));
  const gap = { kind: 'choice', options: options('north', 'east', 'west') } as const;
  const short: PaperItem[] = [
    { id: 'p-1', type: 'single-choice', points: '1', text: text('tide'), options: options('one', 'two', 'four', 'itDepends') },
    { id: 'p-2', type: 'multiple-choice', points: '2', text: text('anchors'), options: options('anchor', 'soap', 'root', 'knot') },
    { id: 'p-3', type: 'true-false', points: '1', text: text('trueFalse') },
    { id: 'p-4', type: 'short-text', points: '1', text: text('word') },
    { id: 'p-5', type: 'numeric', points: '1', text: text('number') },
    { id: 'p-6', type: 'ordering', points: '2', text: text('order'), options: options('pebble', 'cliff', 'grain') },
    { id: 'p-7', type: 'matching', points: '3', text: text('match'), options: { left: options('dog', 'cat', 'bee'), right: options('buzzes', 'barks', 'meows') } },
    { id: 'p-8', type: 'cloze', points: '2', text: text('gaps'), options: { gaps: { east: gap, west: gap } } },
  ];
  const long: PaperItem[] = [{ id: 'p-9', type: 'essay', points: '4', text: text('essay'), options: { minWords: 20, maxWords: 200 } }];
  return {
    instructions: t('instructions'), navigation: 'free', display: 'one', itemCount: short.length + long.length, nextItemId: null,
    sections: [{ title: t('part1'), items: short }, { title: t('part2'), items: long }],
  };
}
