import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ROOT } from '#tools/config.ts';

const SOURCES = join(ROOT, 'web/src');

describe('style sheets', () => {
  it.each(globSync('**/*.css', { cwd: SOURCES }))('%s closes each block that it opens: the bundler says nothing and the rest of the page loses its looks', (file) => {
    const text = readFileSync(join(SOURCES, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
    expect(text.split('{').length).toBe(text.split('}').length);
  });
});
