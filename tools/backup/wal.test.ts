import { describe, expect, it } from 'vitest';

import { parseLsn, walFileNames } from './wal.ts';

const SEGMENT = 16 * 1024 * 1024;

describe('the files of the write-ahead log', () => {
  it('are all those from the first byte to the last one', () => {
    expect(walFileNames(1, parseLsn('0/2000028'), parseLsn('0/4000120'), SEGMENT)).toEqual(['000000010000000000000002', '000000010000000000000003', '000000010000000000000004']);
  });

  it('do not include the next one when the last byte ends a file', () => {
    expect(walFileNames(1, parseLsn('0/2000028'), parseLsn('0/3000000'), SEGMENT)).toEqual(['000000010000000000000002']);
  });

  it('carry the timeline and go on across 4 GiB', () => {
    expect(walFileNames(10, parseLsn('1/FF000000'), parseLsn('2/1'), SEGMENT)).toEqual(['0000000A00000001000000FF', '0000000A0000000200000000']);
  });
});
