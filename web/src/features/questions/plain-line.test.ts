import { describe, expect, it } from 'vitest';

import { plainLine } from './plain-line.ts';

describe('a text as one line', () => {
  it('has no marks of its format', () => {
    expect(plainLine({ format: 'markdown', value: '# Title\n- **bold** and [a link](https://x.example)' })).toBe('Title bold and a link');
    expect(plainLine({ format: 'html', value: '<p>one</p><p>two <b>three</b></p>' })).toBe('one two three');
    expect(plainLine({ format: 'plain', value: 'a * b\n c' })).toBe('a * b c');
  });

  it('shows gaps as gaps', () => {
    expect(plainLine({ format: 'plain', value: 'It is [[g1]].' })).toBe('It is […].');
  });
});
