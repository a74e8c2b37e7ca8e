import { expect, test } from 'vitest';

import { decodeEntities } from './entities.ts';

test.each([
  ['a &lt; b &AMP; c', 'a < b & c'],
  ['&amp;lt; is read once', '&lt; is read once'],
  ['Gr&#246;&#xDF;e&nbsp;1', 'Größe\u00a01'],
  ['one&#10;two&#0;three', 'one\ntwo three'],
  ['&#xD800; and &#1114112; are no characters', '  and   are no characters'],
  ['&hearts; & &x', '&hearts; & &x'],
])('%j is %j', (text, wanted) => expect(decodeEntities(text)).toBe(wanted));
