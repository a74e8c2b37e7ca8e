import { describe, expect, it } from 'vitest';

import { sniffMediaType } from '#api/media/sniff.ts';

const bytes = (...parts: (string | number[])[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('sniffMediaType', () => {
  it.each<[string, Buffer, string | null]>([
    ['PNG', bytes([0x89], 'PNG\r\n', [0x1a], '\n....'), 'image/png'],
    ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0], '..JFIF'), 'image/jpeg'],
    ['GIF 87a', bytes('GIF87a...'), 'image/gif'],
    ['GIF 89a', bytes('GIF89a...'), 'image/gif'],
    ['WebP', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '), 'image/webp'],
    ['WAV', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt '), 'audio/wav'],
    ['another RIFF', bytes('RIFF', [1, 2, 3, 4], 'AVI LIST'), null],
    ['PDF', bytes('%PDF-1.7\n'), 'application/pdf'],
    ['MP4 film', bytes([0, 0, 0, 24], 'ftypisom....'), 'video/mp4'],
    ['MP4 sound', bytes([0, 0, 0, 24], 'ftypM4A ....'), 'audio/mp4'],
    ['a HEIC image in the same box', bytes([0, 0, 0, 24], 'ftypheic....'), null],
    ['Ogg sound', bytes('OggS', [0, 2], '........vorbis'), 'audio/ogg'],
    ['Ogg film', bytes('OggS', [0, 2], '........', [0x80], 'theora'), 'video/ogg'],
    ['MP3 with a tag', bytes('ID3', [4, 0, 0]), 'audio/mpeg'],
    ['MP3 that begins with a frame', bytes([0xff, 0xfb, 0x90, 0x64]), 'audio/mpeg'],
    ['sync bits with a reserved bit rate', bytes([0xff, 0xfb, 0xf0, 0x64]), null],
    ['a UTF-16 text, whose mark looks like sync bits', bytes([0xff, 0xfe], 'a', [0]), null],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>'), null],
    ['SVG behind an XML declaration', bytes('<?xml version="1.0"?><svg>'), null],
    ['HTML', bytes('<!doctype html><script>'), null],
    ['a program', bytes([0x7f], 'ELF'), null],
    ['text', bytes('hello'), null],
    ['nothing', bytes(''), null],
  ])('%s', (_title, head, mediaType) => {
    expect(sniffMediaType(head)).toBe(mediaType);
  });
});
