/** Asking a server for network time, as bytes. @source RFC 5905 section 14 (SNTP) */

/** Length of a message without extensions, bytes. */
const LENGTH = 48;
/** Seconds from 1900, where network time begins, to 1970. */
const EPOCH_SECONDS = 2_208_988_800;
const ERA_MS = 2 ** 32 * 1000;
/** No leap second, version 4, client. */
const CLIENT = 0x23;
const MODE_SERVER = 4;
const NOT_SYNCHRONISED = 3;
const MAX_STRATUM = 15;

/** What an exchange shows. */
export interface SntpReading {
  /** Network time minus the own clock, ms. */
  readonly offsetMs: number;
  /** Time on the way, ms; half of it is the uncertainty. */
  readonly delayMs: number;
  /** 1: the server has a clock of its own; one more for each server in between. */
  readonly stratum: number;
}

/** A reading, or why the reply is none. */
export type SntpVerdict = { readonly ok: true; readonly reading: SntpReading } | { readonly ok: false; readonly why: string };

/**
 * Writes a question.
 * @param cookie 8 random bytes in the place of the own time: the server sends them back, which nobody else can
 */
export function sntpQuestion(cookie: Uint8Array): Uint8Array {
  const question = new Uint8Array(LENGTH);
  question[0] = CLIENT;
  question.set(cookie.subarray(0, 8), 40);
  return question;
}

/**
 * Reads a reply.
 * @param sentMs the own clock when the question was sent, epoch ms
 * @param receivedMs the own clock when the reply came
 */
export function readSntpReply(reply: Uint8Array, cookie: Uint8Array, sentMs: number, receivedMs: number): SntpVerdict {
  if (reply.length < LENGTH) return refused('is too short');
  const [first = 0, stratum = 0] = reply;
  if ((first & 7) !== MODE_SERVER) return refused('is not from a server');
  if (!cookie.subarray(0, 8).every((byte, index) => reply[24 + index] === byte)) return refused('answers another question');
  if (stratum === 0) return refused(`asks to stay away (${kissCode(reply)})`);
  if (first >> 6 === NOT_SYNCHRONISED || stratum > MAX_STRATUM) return refused('is from a server that does not know the time itself');
  const view = new DataView(reply.buffer, reply.byteOffset, reply.byteLength);
  if (view.getUint32(40) === 0 && view.getUint32(44) === 0) return refused('holds no time');
  const arrivedMs = readTime(view, 32, receivedMs);
  const answeredMs = readTime(view, 40, receivedMs);
  const offsetMs = (arrivedMs - sentMs + (answeredMs - receivedMs)) / 2;
  // a clock of whole milliseconds on a fast way can make it negative
  const delayMs = Math.max(0, receivedMs - sentMs - (answeredMs - arrivedMs));
  return { ok: true, reading: { offsetMs: rounded(offsetMs), delayMs: rounded(delayMs), stratum } };
}

/** The reading of the shortest way: the one least disturbed. @returns undefined for none */
export function bestReading<R extends SntpReading>(readings: readonly R[]): R | undefined {
  return readings.toSorted((a, b) => a.delayMs - b.delayMs)[0];
}

/** Of the readings of several servers the one in the middle: a single wrong server does not count. @returns undefined for none */
export function middleReading<R extends SntpReading>(readings: readonly R[]): R | undefined {
  return readings.toSorted((a, b) => a.offsetMs - b.offsetMs)[Math.floor((readings.length - 1) / 2)];
}

/** Network time counts to 2^32 seconds and begins anew; of all it could mean it is what lies nearest to the own clock. */
function readTime(view: DataView, at: number, nearMs: number): number {
  const ms = (view.getUint32(at) - EPOCH_SECONDS) * 1000 + (view.getUint32(at + 4) / 2 ** 32) * 1000;
  return ms + Math.round((nearMs - ms) / ERA_MS) * ERA_MS;
}

function kissCode(reply: Uint8Array): string {
  return String.fromCharCode(...reply.subarray(12, 16)).replaceAll(/[^A-Z]/g, '') || 'no reason';
}

function refused(why: string): SntpVerdict {
  return { ok: false, why };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
