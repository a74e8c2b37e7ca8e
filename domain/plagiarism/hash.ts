/**
 * Hash of a text as a whole number from 1 to 2^31 - 1: small in JSON, and 0 stays free for "nothing".
 * @source Fowler, Noll, Vo: FNV-1a, 32 bits, with the finaliser of MurmurHash3
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) & 0x7fffffff) || 1;
}
