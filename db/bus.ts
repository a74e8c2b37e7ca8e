import { randomUUID } from 'node:crypto';

import { connect, type NatsConnection } from '@nats-io/transport-node';

/** Subject of the wake-up between processes: "something was committed, look at the database". It carries nothing. */
export const WAKE_SUBJECT = 'holdfast.wake';

/** Subject of what is shown but not stored: progress and presence. */
export const LIVE_SUBJECT = 'holdfast.live';

/** Subject of the request to hold back: a process is busy answering people. It carries nothing. */
export const BUSY_SUBJECT = 'holdfast.busy';

/** Wake-ups between processes after a commit. They may be lost: every reader also looks by itself. */
export interface Bus {
  /** Tells every process, this one included, that something was committed; never waits and never fails. */
  wake(): void;
  /** Calls back on each wake-up. */
  onWake(listener: () => void): void;
  /** Tells every process, this one included, something that is shown but not stored; it may be lost. */
  tell(message: string): void;
  /** Calls back on each such message. */
  onTell(listener: (message: string) => void): void;
  /** Asks every process, this one included, to put off for a moment what nobody waits for; it may be lost. */
  sayBusy(): void;
  /** Calls back on each such request. */
  onBusy(listener: () => void): void;
  /** Round trip to the server; null when there is none. */
  pingMs(): Promise<number | null>;
  close(): Promise<void>;
}

/**
 * Connects in the background and for ever; until then, and without a URL, wake-ups stay in this process.
 * @param url `nats://user:password@host:port`, undefined for a single process
 * @param name shown in the server's list of connections
 */
export function createBus(url: string | undefined, name: string): Bus {
  const listeners = new Set<() => void>();
  const tellListeners = new Set<(message: string) => void>();
  const busyListeners = new Set<() => void>();
  const tellLocal = (): void => listeners.forEach((listener) => listener());
  const passLocal = (message: string): void => tellListeners.forEach((listener) => listener(message));
  const sayBusyLocal = (): void => busyListeners.forEach((listener) => listener());
  const sender = `${randomUUID()} `;
  const passForeign = (message: string): void => void (message.startsWith(sender) || passLocal(message.slice(sender.length)));
  let connection: NatsConnection | undefined;
  let closed = false;
  let queued = false;

  const link = url === undefined ? Promise.resolve() : keepConnected();

  async function keepConnected(): Promise<void> {
    try {
      connection = await connect({ ...serverOf(url!), name, maxReconnectAttempts: -1, waitOnFirstConnect: true, reconnectTimeWait: 500 });
      if (closed) await connection.close();
      else {
        connection.subscribe(WAKE_SUBJECT, { callback: tellLocal });
        connection.subscribe(BUSY_SUBJECT, { callback: sayBusyLocal });
        connection.subscribe(LIVE_SUBJECT, { callback: (error, message) => void (error ?? passForeign(message.string())) });
      }
    } catch {
      // refused for good (wrong password): wake-ups stay local, health tells
    }
  }

  return {
    wake() {
      // one message for all commits of this turn of the event loop
      if (queued || closed) return;
      queued = true;
      setImmediate(() => {
        queued = false;
        if (connection === undefined || connection.isClosed()) tellLocal();
        else publish(connection, WAKE_SUBJECT, undefined, tellLocal);
      });
    },
    onWake: (listener) => void listeners.add(listener),
    tell(message) {
      if (closed) return;
      passLocal(message);
      if (connection !== undefined && !connection.isClosed()) publish(connection, LIVE_SUBJECT, sender + message, () => undefined);
    },
    onTell: (listener) => void tellListeners.add(listener),
    sayBusy() {
      if (closed) return;
      if (connection === undefined || connection.isClosed()) sayBusyLocal();
      else publish(connection, BUSY_SUBJECT, undefined, sayBusyLocal);
    },
    onBusy: (listener) => void busyListeners.add(listener),
    async pingMs() {
      if (connection === undefined || connection.isClosed()) return null;
      return connection.rtt().catch(() => null);
    },
    async close() {
      closed = true;
      listeners.clear();
      tellListeners.clear();
      busyListeners.clear();
      if (connection !== undefined) await connection.close().catch(() => undefined);
      else void link;
    },
  };
}

function publish(connection: NatsConnection, subject: string, payload: string | undefined, fallback: () => void): void {
  try {
    connection.publish(subject, payload);
  } catch {
    fallback();
  }
}

function serverOf(url: string): { servers: string; user?: string; pass?: string } {
  const parsed = new URL(url);
  const servers = `${parsed.hostname}:${parsed.port || '4222'}`;
  if (parsed.username === '') return { servers };
  return { servers, user: decodeURIComponent(parsed.username), pass: decodeURIComponent(parsed.password) };
}
