import { expect, test } from 'vitest';

import { checkName, observedName } from './names.ts';
import { speechOf } from './words.ts';

const [en, de] = [speechOf('en', 'UTC'), speechOf('de', 'UTC')];

test.each([
  [observedName('fullscreen-left', en), 'full screen was left'], [observedName('fullscreen-left', de), 'das Vollbild wurde verlassen'],
  [checkName('no-late-save', en), 'No answer was accepted after its cut-off'], [checkName('no-late-save', de), 'Keine Antwort wurde nach ihrer Frist angenommen'],
  // what a later release adds, or a name that every object has
  [observedName('brand-new', de), 'brand-new'], [checkName('constructor', en), 'constructor'],
])('%s stands for what it is named', (words, expected) => {
  expect(words).toBe(expected);
});
