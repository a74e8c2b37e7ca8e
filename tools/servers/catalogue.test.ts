import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { ROOT } from '#tools/config.ts';

import { GO, PROGRAMS } from './catalogue.ts';

describe('the catalogue of server programs', () => {
  it.each(Object.values(PROGRAMS))('names the version of $name that its module pins', ({ module, version, source }) => {
    const file = readFileSync(join(ROOT, 'tools', module, source.kind === 'go' ? 'go.mod' : 'pom.xml'), 'utf8');
    if (source.kind === 'maven') return expect(file).toContain(`<version>${version}</version>`);
    const required = [...file.matchAll(/^(?:require)?\s+(\S+) v(\S+)/gm)].filter(([, path = '']) => source.package.startsWith(path));
    expect(required.map(([, , pinned]) => pinned)).toContain(version);
    expect(file).toContain(`\ngo ${GO.atLeast.join('.')}\n`);
  });
});
