import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { type ReportDocument, setText } from './document.ts';
import { createTypesetter, type Frame } from './typeset.ts';

const typesetter = createTypesetter();
const frame: Frame = { lang: 'en', institution: 'Institution', address: 'Street 1\n12345 Town', institutionFooter: 'Footer', colour: '#1f4fd8', logo: null, footer: 'Made', page: 'Page', createdAtSeconds: 0 };
const titled = (heading: string): ReportDocument => ({ title: 'T', heading, sub: '', body: [] });
const asking = (value: string): ReportDocument => ({ ...titled('H'), body: [{ n: 'heading', text: 'S' }, { n: 'item', title: 'Q', points: null, question: setText({ format: 'plain', value }), options: [], parts: [] }] });

test.each([
  ['Latin', 'Łukasz Żółć Ñúñez'], ['Greek', 'Ελένη'], ['Cyrillic', 'Владимир Щукин'], ['Arabic', 'عبد الرحمن'], ['Hebrew', 'יעל כהן'], ['Chinese', '王小明'], ['Japanese', '佐藤 花子'], ['Korean', '김민수'],
])('a name in %s letters has a font here, so that its report is PDF/UA-1', (_, name) => {
  expect(typesetter.set(titled(name), frame)).toMatchObject({ standard: 'ua-1', pages: 1 });
});

test('signs without a font give a report that says so', () => {
  expect(typesetter.set(titled('สมชาย'), frame)).toMatchObject({ standard: 'tagged', pages: 1 });
});

test('formulas on lines of their own take lines of their own', () => {
  expect(typesetter.set(asking(Array.from({ length: 60 }, (_, index) => `so $$x = \\frac{${index}}{2}$$`).join(' ')), frame).pages).toBeGreaterThan(1);
});

test('a logo that can not be drawn is left out', () => {
  expect(typesetter.set(titled('H'), { ...frame, logo: { bytes: Buffer.from('no image'), mediaType: 'image/png' } })).toMatchObject({ standard: 'ua-1', pages: 1 });
});

test('what people write is never run', () => {
  const { pages } = typesetter.set(titled('#pagebreak() #read("/etc/passwd") $x$ *a* = b'), frame);
  expect(pages).toBe(1);
  expect(readFileSync(new URL('./templates/report.typ', import.meta.url), 'utf8')).not.toContain('eval(');
});
