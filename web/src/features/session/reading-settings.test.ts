import { describe, expect, it } from 'vitest';

import { changeReadingSettings, parseReadingSettings, readingSettings } from './reading-settings.ts';

describe('parseReadingSettings', () => {
  it.each([
    ['nothing was kept', null],
    ['what was kept is no JSON', '{'],
    ['what was kept is another value', 'null'],
  ])('falls back when %s', (_name, text) => {
    expect(parseReadingSettings(text)).toEqual({ size: 'normal', spacing: 'normal', tint: 'plain', warnMinutes: [10, 5, 1] });
  });

  it('keeps what is known and drops what is not', () => {
    expect(parseReadingSettings('{"size":"largest","spacing":"huge","tint":"rose","warnMinutes":[5,7]}')).toEqual({ size: 'largest', spacing: 'normal', tint: 'rose', warnMinutes: [5] });
  });
});

describe('changeReadingSettings', () => {
  it('changes some of it and keeps all of it on the device', () => {
    changeReadingSettings({ tint: 'cream', warnMinutes: [] });
    expect(readingSettings()).toMatchObject({ size: 'normal', tint: 'cream', warnMinutes: [] });
    expect(parseReadingSettings(localStorage.getItem('holdfast.reading'))).toEqual(readingSettings());
  });
});
