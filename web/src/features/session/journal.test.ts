import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { forgetAccount, type JournalAnswer, openJournal } from './journal.ts';

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

const entry = (more: Partial<JournalAnswer> = {}): JournalAnswer => ({ itemId: 'a', response: { text: 'one' }, clientId: 'c', clientSeq: 1, baseRevision: 0, state: 'unsent', atMs: 0, ...more });

describe('openJournal', () => {
  it('gives back what a window wrote that is gone', async () => {
    const before = await openJournal('me', 's');
    await before.writeAnswer(entry());
    await before.writeAnswer(entry({ response: { text: 'two' }, clientSeq: 2 }));
    await before.writePlace({ currentItemId: 'a', seen: ['a'], flagged: [], notes: { a: 'look again' }, clientSeq: 3 });
    const after = await openJournal('me', 's');
    expect(await after.read()).toMatchObject({ answers: [{ itemId: 'a', response: { text: 'two' }, clientSeq: 2 }], place: { notes: { a: 'look again' } } });
    expect(after.isDurable()).toBe(true);
  });

  it('keeps the sessions and accounts of one device apart', async () => {
    await (await openJournal('me', 's')).writeAnswer(entry());
    expect((await (await openJournal('you', 's')).read()).answers).toEqual([]);
    expect((await (await openJournal('me', 't')).read()).answers).toEqual([]);
  });

  it('asks the disk, not only its cache', async () => {
    const journal = await openJournal('me', 's');
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await journal.writeAnswer(entry());
    expect(transaction).toHaveBeenCalledWith(['answers'], 'readwrite', { durability: 'strict' });
    transaction.mockRestore();
  });

  it('takes what was typed during a write along in the next one', async () => {
    const journal = await openJournal('me', 's');
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await Promise.all(Array.from({ length: 50 }, (_, index) => journal.writeAnswer(entry({ clientSeq: index, response: { text: String(index) } }))));
    expect(transaction.mock.calls.length).toBeLessThanOrEqual(3);
    transaction.mockRestore();
    expect((await journal.read()).answers).toMatchObject([{ clientSeq: 49, response: { text: '49' } }]);
  });

  it('forgets a session that is over, but not the texts that were refused', async () => {
    const journal = await openJournal('me', 's');
    await journal.writeAnswer(entry());
    await journal.writePlace({ currentItemId: null, seen: [], flagged: [], notes: {}, clientSeq: 1 });
    await journal.refuse({ id: 'c:1', itemId: 'a', response: { text: 'late' }, code: 'deadline-passed', atMs: 0 });
    await journal.purge();
    const after = await openJournal('me', 's');
    expect(await after.read()).toMatchObject({ answers: [], place: null, snapshot: null, refused: [{ response: { text: 'late' } }] });
    await after.forgetRefused('c:1');
    expect((await (await openJournal('me', 's')).read()).refused).toEqual([]);
  });

  it.each([
    ['there is no database', () => vi.stubGlobal('indexedDB', undefined)],
    ['the database can not be opened', () => vi.stubGlobal('indexedDB', { open: () => { throw new DOMException('no', 'SecurityError'); } })],
  ])('works in memory and says so when %s', async (_name, breakIt) => {
    breakIt();
    const trouble = vi.fn();
    const journal = await openJournal('me', 's', trouble);
    await journal.writeAnswer(entry());
    expect(journal.isDurable()).toBe(false);
    expect(trouble).toHaveBeenCalledTimes(1);
    expect((await journal.read()).answers).toMatchObject([{ response: { text: 'one' } }]);
  });

  it('goes on in memory when the disk is full', async () => {
    const trouble = vi.fn();
    const journal = await openJournal('me', 's', trouble);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await journal.writeAnswer(entry());
    transaction.mockRestore();
    expect(journal.isDurable()).toBe(false);
    expect(trouble).toHaveBeenCalledTimes(1);
    expect((await journal.read()).answers).toHaveLength(1);
  });
});

describe('forgetAccount', () => {
  it('leaves nothing of an account but what never reached the platform', async () => {
    const journal = await openJournal('me', 's');
    await journal.writeAnswer(entry({ itemId: 'a', state: 'sent' }));
    await journal.writeAnswer(entry({ itemId: 'b' }));
    await journal.writePlace({ currentItemId: null, seen: [], flagged: [], notes: {}, clientSeq: 1 });
    const other = await openJournal('you', 's');
    await other.writeAnswer(entry({ state: 'sent' }));
    await forgetAccount('me');
    expect(await (await openJournal('me', 's')).read()).toMatchObject({ answers: [{ itemId: 'b' }], place: null });
    expect((await (await openJournal('you', 's')).read()).answers).toHaveLength(1);
  });
});
