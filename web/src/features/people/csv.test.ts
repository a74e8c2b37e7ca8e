import { expect, test } from 'vitest';

import { parseTable, readPeople } from './csv.ts';

test('quoted fields keep separators, quotes and line breaks', () => {
  expect(parseTable('a,b\r\n"x, y","say ""hi""\nthere"\r\n\r\n')).toEqual([['a', 'b'], ['x, y', 'say "hi"\nthere']]);
});

test.each([['a;b\n1;2', ';'], ['a\tb\n1\t2', 'tab'], ['\uFEFFa,b\n1,2', 'comma with a byte order mark']])('%j is read', (text) => {
  expect(parseTable(text)).toEqual([['a', 'b'], ['1', '2']]);
});

test('people are read by the names of their columns, in any order, and what means nothing is named', () => {
  expect(readPeople('Number;Full name;E-mail;Role;Shoe size\n20-1;Ana Ruiz;ana@x.example;student teacher;38\n;Bo;bo@x.example;;')).toEqual({
    rows: [
      { externalId: '20-1', name: 'Ana Ruiz', email: 'ana@x.example', roles: ['student', 'teacher'] },
      { name: 'Bo', email: 'bo@x.example' },
    ],
    unknown: ['Shoe size'],
    columns: ['externalId', 'name', 'email', 'roles'],
  });
});
