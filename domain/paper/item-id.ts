/**
 * Ids of drawn items: the same question drawn in the same section has the same id in every session, so that answers, marks
 * and statistics of all students refer to one item.
 * @source RFC 9562 section 5.5 (UUIDv5), FIPS 180-4 section 6.1 (SHA-1). SHA-1 is used for names here, not for security.
 */

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function padded(message: Uint8Array): DataView {
  const size = Math.ceil((message.length + 9) / 64) * 64;
  const bytes = new Uint8Array(size);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(size - 4, message.length * 8);
  return view;
}

/** SHA-1 of at most 512 MB, as its five words. */
function sha1(message: Uint8Array): Uint32Array {
  const view = padded(message);
  const hash = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const schedule = new Uint32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let t = 0; t < 80; t += 1) schedule[t] = t < 16 ? view.getUint32(block + 4 * t) : rotateLeft(mixed(schedule, t), 1);
    let [a, b, c, d, e] = hash as unknown as [number, number, number, number, number];
    for (let t = 0; t < 80; t += 1) {
      const next = (rotateLeft(a, 5) + roundTerm(t, b, c, d) + e + (schedule[t] ?? 0)) >>> 0;
      [a, b, c, d, e] = [next, a, rotateLeft(b, 30), c, d];
    }
    [a, b, c, d, e].forEach((word, index) => {
      hash[index] = (hash[index] ?? 0) + word;
    });
  }
  return hash;
}

function mixed(schedule: Uint32Array, t: number): number {
  return (schedule[t - 3] ?? 0) ^ (schedule[t - 8] ?? 0) ^ (schedule[t - 14] ?? 0) ^ (schedule[t - 16] ?? 0);
}

function roundTerm(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  return t < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6;
}

/**
 * The UUIDv5 of a name.
 * @param namespace a UUID.
 * @param name ASCII text: ids and indexes.
 */
export function uuidV5(namespace: string, name: string): string {
  const digits = namespace.replaceAll('-', '');
  const message = new Uint8Array(16 + name.length);
  for (let index = 0; index < 16; index += 1) message[index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  for (let index = 0; index < name.length; index += 1) message[16 + index] = name.charCodeAt(index);
  const hash = sha1(message);
  hash[1] = ((hash[1] ?? 0) & 0xffff0fff) | 0x5000;
  hash[2] = ((hash[2] ?? 0) & 0x3fffffff) | 0x80000000;
  const hex = Array.from(hash.subarray(0, 4), (word) => word.toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * The id of an item that is drawn from a pool.
 * @param examId UUID of the exam, the namespace.
 * @param sectionIndex place of the section in the published exam, from 0.
 */
export function drawnItemId(examId: string, sectionIndex: number, questionId: string): string {
  return uuidV5(examId, `${sectionIndex}/${questionId}`);
}
