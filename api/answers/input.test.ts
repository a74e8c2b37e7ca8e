import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { answerBatchSchema, answerSaveSchema } from '#contracts/answers.ts';
import { readBatch, readSave } from './input.ts';

const ITEM = '01890a5d-ac96-774b-bcce-b302099a8057';
const CLIENT = 'F47AC10B-58CC-4372-A567-0E02B2C3D479';
const good = { response: { optionId: 'a' }, clientId: CLIENT, clientSeq: 3, baseRevision: 2 };

const uuidLike = fc.oneof(fc.uuid(), fc.string(), fc.constant(null), fc.integer());
const member = fc.oneof(fc.jsonValue(), fc.integer({ min: -2, max: 5 }), fc.constant(2 ** 53), fc.constant(2 ** 31), fc.constant(1.5));
const save = fc.record({ response: fc.jsonValue(), clientId: uuidLike, clientSeq: member, baseRevision: member, extra: fc.jsonValue() }, { requiredKeys: [] });

describe('one save', () => {
  test('is read with lower-case ids and the JSON text that is stored', () => {
    expect(readSave(good, ITEM)).toEqual({
      ok: true,
      value: { clientId: CLIENT.toLowerCase(), save: { itemId: ITEM, response: { optionId: 'a' }, json: '{"optionId":"a"}', clientSeq: 3, baseRevision: 2 } },
    });
  });

  test('by hand is accepted and refused as its published schema says', () => {
    fc.assert(fc.property(fc.oneof(save, fc.jsonValue()), (body) => {
      expect(readSave(JSON.parse(JSON.stringify(body)), ITEM).ok).toBe(answerSaveSchema.safeParse(JSON.parse(JSON.stringify(body))).success);
    }), { numRuns: 3_000 });
  });

  test('names every wrong field at once', () => {
    const read = readSave({ clientId: 'x', clientSeq: -1, baseRevision: 1.5, 'a/b': 1 }, ITEM);
    expect(read.ok ? [] : read.errors.map(({ pointer }) => pointer)).toEqual(['/a~1b', '/clientId', '/response', '/clientSeq', '/baseRevision']);
  });

  test('may hold 256 KiB of response and not a byte more', () => {
    const text = (length: number): object => ({ ...good, response: { text: 'x'.repeat(length) } });
    const wrapping = '{"text":""}'.length;
    expect(readSave(text(256 * 1024 - wrapping), ITEM).ok).toBe(true);
    expect(readSave(text(256 * 1024 - wrapping + 1), ITEM)).toMatchObject({ ok: false, tooLarge: true });
  });

  test('counts bytes, not characters', () => {
    expect(readSave({ ...good, response: { text: 'ä'.repeat(128 * 1024) } }, ITEM)).toMatchObject({ ok: false, tooLarge: true });
  });
});

describe('a batch', () => {
  const answer = { itemId: ITEM, response: null, clientSeq: 1, baseRevision: 0 };

  test('by hand is accepted and refused as its published schema says', () => {
    const element = fc.record({ itemId: uuidLike, response: fc.jsonValue(), clientSeq: member, baseRevision: member, extra: fc.jsonValue() }, { requiredKeys: [] });
    const batch = fc.record({ clientId: uuidLike, answers: fc.oneof(fc.array(element, { maxLength: 3 }), fc.jsonValue()), extra: fc.jsonValue() }, { requiredKeys: [] });
    fc.assert(fc.property(batch, (body) => {
      const value: unknown = JSON.parse(JSON.stringify(body));
      expect(readBatch(value).ok).toBe(answerBatchSchema.safeParse(value).success);
    }), { numRuns: 3_000 });
  });

  test('lets the last answer to one item count', () => {
    const read = readBatch({ clientId: CLIENT, answers: [answer, { ...answer, clientSeq: 2 }] });
    expect(read.ok && read.value.saves.map(({ clientSeq }) => clientSeq)).toEqual([2]);
  });

  test('has 1 to 200 answers', () => {
    expect(readBatch({ answers: [] }).ok).toBe(false);
    expect(readBatch({ answers: Array.from({ length: 200 }, () => answer) }).ok).toBe(true);
    expect(readBatch({ answers: Array.from({ length: 201 }, () => answer) }).ok).toBe(false);
  });
});
