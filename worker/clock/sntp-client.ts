import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

import { bestReading, middleReading, readSntpReply, sntpQuestion, type SntpReading, type SntpVerdict } from '#domain/clock/sntp.ts';

/** A server of network time. */
export interface NtpServer {
  readonly host: string;
  readonly port: number;
}

/** What a server said. */
export interface NetworkTime extends SntpReading {
  readonly server: string;
}

/** How often each server is asked, and how long it has for an answer. */
const QUESTIONS = 4;
const PATIENCE_MS = 2_000;

/**
 * Asks every server some times, one server after the other.
 * @returns the reading in the middle of what the servers say
 * @throws Error when no server gives a usable answer; it names what each said
 */
export async function readNetworkTime(servers: readonly NtpServer[], patienceMs: number = PATIENCE_MS): Promise<NetworkTime> {
  const found: NetworkTime[] = [];
  const failures: string[] = [];
  for (const server of servers) {
    const name = server.port === 123 ? server.host : `${server.host}:${server.port}`;
    const readings: SntpReading[] = [];
    for (let question = 0; question < QUESTIONS; question += 1) {
      const verdict = await ask(server, patienceMs);
      if (verdict.ok) readings.push(verdict.reading);
      // who is away or refuses is not asked again now
      else if (readings.length === 0) {
        failures.push(`${name} ${verdict.why}`);
        break;
      }
    }
    const best = bestReading(readings);
    if (best !== undefined) found.push({ ...best, server: name });
  }
  const middle = middleReading(found);
  if (middle === undefined) throw new Error(`no server of network time can be used: ${failures.join('; ')}`);
  return middle;
}

function ask(server: NtpServer, patienceMs: number): Promise<SntpVerdict> {
  return new Promise((resolve) => {
    const socket = createSocket(server.host.includes(':') ? 'udp6' : 'udp4');
    const cookie = randomBytes(8);
    let sentMs = 0;
    let finished = false;
    const finish = (verdict: SntpVerdict): void => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      socket.close();
      resolve(verdict);
    };
    const fail = (why: string): void => finish({ ok: false, why });
    const timer = setTimeout(() => fail('does not answer'), patienceMs);
    const unreachable = (error: NodeJS.ErrnoException): void => fail(`can not be reached (${error.code ?? error.message})`);
    socket.on('error', unreachable);
    socket.once('message', (reply) => finish(said(readSntpReply(reply, cookie, sentMs, Date.now()))));
    // a connected socket takes replies from this server only
    socket.connect(server.port, server.host, (error?: NodeJS.ErrnoException) => {
      if (error) unreachable(error);
      // a name that is found too late is no use
      if (finished) return;
      sentMs = Date.now();
      socket.send(sntpQuestion(cookie));
    });
  });
}

function said(verdict: SntpVerdict): SntpVerdict {
  return verdict.ok ? verdict : { ok: false, why: `sent something that ${verdict.why}` };
}
