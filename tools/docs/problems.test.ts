import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { problemsDocument } from './problems.ts';

test('docs/problems.md explains every code as the table of codes does', () => {
  const written = readFileSync(join(import.meta.dirname, '../../docs/problems.md'), 'utf8');
  expect(written, 'run: npm run docs').toBe(problemsDocument());
});
