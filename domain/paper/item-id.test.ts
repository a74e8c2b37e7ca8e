import { v5 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { drawnItemId, uuidV5 } from './item-id.ts';

const EXAM = '018f0000-0000-7000-8000-000000000001';
const QUESTION = '018f0000-0000-7000-8000-0000000000aa';

describe('ids of drawn items', () => {
  it('are the UUIDv5 that the standard gives as its example', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('agree with another implementation for names of every length around the block size', () => {
    for (let length = 0; length < 200; length += 1) {
      const name = 'x'.repeat(length);
      expect(uuidV5(EXAM, name)).toBe(v5(name, EXAM));
    }
  });

  it('are the same in every session and differ by exam, section and question', () => {
    const id = drawnItemId(EXAM, 0, QUESTION);
    expect(id).toBe('3854c639-d1ab-5253-ae16-972eb2fb3b90');
    expect(drawnItemId(EXAM, 1, QUESTION)).not.toBe(id);
    expect(drawnItemId(QUESTION, 0, EXAM)).not.toBe(id);
  });
});
