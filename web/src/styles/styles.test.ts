import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '..');

describe('style sheets', () => {
  it.each(globSync('**/*.css', { cwd: SOURCES }))('%s closes each block that it opens: the bundler says nothing and the rest of the page loses its looks', (file) => {
    const text = readFileSync(join(SOURCES, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
    expect(text.split('{').length).toBe(text.split('}').length);
  });
});
