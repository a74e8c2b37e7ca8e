import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import type { Place, Sitting, StudentExam } from './types.ts';

const DATABASE = 'holdfast-sitting';
/** A database that another window blocks must not keep the exam from starting. */
const OPEN_PATIENCE_MS = 2_000;

/** The latest response to one item, as this device knows it. */
export interface JournalAnswer {
  readonly itemId: string;
  readonly response: unknown;
  readonly clientId: string;
  readonly clientSeq: number;
  readonly baseRevision: number;
  /** `sent`: acknowledged, `baseRevision` is its revision; `refused`: the platform did not take it. */
  readonly state: 'unsent' | 'sent' | 'refused';
  /** When it was written, by the clock of the platform. */
  readonly atMs: number;
}

/** A text that the platform did not take. */
export interface RefusedText {
  readonly id: string;
  readonly itemId: string;
  readonly response: unknown;
  readonly code: string;
  readonly atMs: number;
}

/** What is needed to go on without a connection. */
export interface Snapshot {
  readonly sitting: Sitting;
  readonly exam: StudentExam | null;
}

/** Everything that is kept of one session. */
export interface JournalContents {
  readonly answers: readonly JournalAnswer[];
  readonly refused: readonly RefusedText[];
  readonly place: Place | null;
  readonly snapshot: Snapshot | null;
}

/** The memory of one session on this device. Writing never fails: what the device can not store stays in memory, and `isDurable` says so. */
export interface Journal {
  /** False when what is written does not outlive the window. */
  isDurable(): boolean;
  read(): Promise<JournalContents>;
  /** Resolves when this answer, or a later one to the same item, is on the disk. */
  writeAnswer(answer: JournalAnswer): Promise<void>;
  writePlace(place: Place): Promise<void>;
  writeSnapshot(snapshot: Snapshot): Promise<void>;
  /** Keeps a text apart; the same id again changes nothing. */
  refuse(text: RefusedText): Promise<void>;
  /** Drops a refused text that its student has dealt with. */
  forgetRefused(id: string): Promise<void>;
  /** Forgets everything but refused texts. */
  purge(): Promise<void>;
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
}

interface Schema extends DBSchema {
  answers: { key: [string, string]; value: JournalAnswer & { owner: string } };
  refused: { key: [string, string]; value: RefusedText & { owner: string } };
  sessions: { key: string; value: { owner: string; place: Place | null; snapshot: Snapshot | null } };
}

type Store = 'answers' | 'refused' | 'sessions';
type Database = IDBPDatabase<Schema>;

/**
 * Opens the journal of one session of one account.
 * @param onTrouble called once when the device turns out not to keep what is written
 */
export async function openJournal(accountId: string, sessionId: string, onTrouble: () => void = () => undefined): Promise<Journal> {
  const owner = `${accountId}/${sessionId}`;
  const range = ownerRange(owner);
  const memory = { answers: new Map<string, JournalAnswer>(), refused: new Map<string, RefusedText>(), place: null as Place | null, snapshot: null as Snapshot | null };
  let db = await openDatabase(() => fail());
  let told = false;
  if (db === null) fail();

  function fail(): void {
    db = null;
    if (told) return;
    told = true;
    onTrouble();
  }

  async function write(stores: Store[], work: (put: ReturnType<typeof storesOf>) => void): Promise<void> {
    if (db === null) return;
    try {
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
      // the promises of the single requests fail together with the transaction
      work(storesOf(tx));
      await tx.done;
    } catch {
      fail();
    }
  }

  // keys are struck faster than a disk writes: what came while one transaction ran is the next one
  const pending = new Map<string, JournalAnswer>();
  let current: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  function writePending(): Promise<void> {
    const answers = [...pending.values()];
    pending.clear();
    return write(['answers'], (stores) => {
      for (const answer of answers) stores.put('answers', { ...answer, owner });
    });
  }

  function drain(): Promise<void> {
    next ??= current.then(() => {
      current = next!;
      next = null;
      return writePending();
    });
    return next;
  }

  const idle = async (): Promise<void> => {
    while (next !== null) await next;
    await current;
  };

  const writeSession = (): Promise<void> =>
    write(['sessions'], (stores) => stores.put('sessions', { owner, place: memory.place, snapshot: memory.snapshot }));

  return {
    isDurable: () => db !== null,
    async read() {
      await idle();
      if (db !== null) {
        try {
          const [answers, refused, session] = await Promise.all([db.getAll('answers', range), db.getAll('refused', range), db.get('sessions', owner)]);
          memory.answers = new Map(answers.map((answer) => [answer.itemId, answer]));
          memory.refused = new Map(refused.map((text) => [text.id, text]));
          memory.place = session?.place ?? null;
          memory.snapshot = session?.snapshot ?? null;
        } catch {
          fail();
        }
      }
      return { answers: [...memory.answers.values()], refused: [...memory.refused.values()], place: memory.place, snapshot: memory.snapshot };
    },
    writeAnswer(answer) {
      memory.answers.set(answer.itemId, answer);
      pending.set(answer.itemId, answer);
      return drain();
    },
    writePlace(place) {
      memory.place = place;
      return writeSession();
    },
    writeSnapshot(snapshot) {
      memory.snapshot = snapshot;
      return writeSession();
    },
    refuse(text) {
      memory.refused.set(text.id, text);
      return write(['refused'], (stores) => stores.put('refused', { ...text, owner }));
    },
    forgetRefused(id) {
      memory.refused.delete(id);
      return write(['refused'], (stores) => stores.remove('refused', [owner, id]));
    },
    async purge() {
      pending.clear();
      memory.answers.clear();
      memory.place = null;
      memory.snapshot = null;
      await idle();
      await write(['answers', 'sessions'], (stores) => {
        stores.remove('answers', range);
        stores.remove('sessions', owner);
      });
    },
    idle,
  };
}

/** Whose session this is, as far as this device knows: what stands on its disk finds it when nobody answers. */
export async function keptAccountOf(sessionId: string): Promise<string | null> {
  const db = await openDatabase(() => undefined);
  if (db === null) return null;
  try {
    const owners = await db.getAllKeys('sessions');
    return owners.find((owner) => owner.endsWith(`/${sessionId}`))?.split('/')[0] ?? null;
  } catch {
    return null;
  } finally {
    db.close();
  }
}

/**
 * Forgets what this device keeps of an account, at log-out. Texts that never reached the platform stay: they are shown to nobody but
 * the same account, and there is no other copy of them.
 */
export async function forgetAccount(accountId: string): Promise<void> {
  const db = await openDatabase(() => undefined);
  if (db === null) return;
  const prefix = `${accountId}/`;
  const tx = db.transaction(['answers', 'sessions'], 'readwrite');
  const owned = IDBKeyRange.bound([prefix], [`${prefix}\uffff`]);
  for (let cursor = await tx.objectStore('answers').openCursor(owned); cursor !== null; cursor = await cursor.continue()) {
    if (cursor.value.state === 'sent') await cursor.delete();
  }
  await tx.objectStore('sessions').delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`));
  await tx.done;
  db.close();
}

async function openDatabase(onGone: () => void): Promise<Database | null> {
  if (typeof indexedDB === 'undefined') return null;
  try {
    const opening = openDB<Schema>(DATABASE, 1, {
      upgrade(database) {
        database.createObjectStore('answers', { keyPath: ['owner', 'itemId'] });
        database.createObjectStore('refused', { keyPath: ['owner', 'id'] });
        database.createObjectStore('sessions', { keyPath: 'owner' });
      },
      blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
      terminated: onGone,
    });
    return await Promise.race([opening, new Promise<null>((resolve) => setTimeout(resolve, OPEN_PATIENCE_MS, null))]);
  } catch {
    return null;
  }
}

function ownerRange(owner: string): IDBKeyRange | null {
  return typeof IDBKeyRange === 'undefined' ? null : IDBKeyRange.bound([owner], [owner, '\uffff']);
}

/** Requests of one transaction, without the noise of promises that nobody waits for. */
function storesOf(tx: { objectStore: (name: never) => unknown }) {
  const store = (name: Store) => tx.objectStore(name as never) as { put(value: unknown): Promise<unknown>; delete(key: unknown): Promise<unknown> };
  return {
    put: (name: Store, value: unknown): void => void store(name).put(value).catch(() => undefined),
    remove: (name: Store, key: unknown): void => void store(name).delete(key).catch(() => undefined),
  };
}
