/** Bytes at the start of a file that {@link sniffMediaType} looks at. */
export const SNIFFED_BYTES = 512;

type Signature = readonly [mediaType: string, matches: (head: Buffer) => boolean];

const SIGNATURES: readonly Signature[] = [
  ['image/png', (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (head) => startsWith(head, [0xff, 0xd8, 0xff])],
  ['image/gif', (head) => hasText(head, 0, 'GIF87a') || hasText(head, 0, 'GIF89a')],
  ['image/webp', (head) => hasText(head, 0, 'RIFF') && hasText(head, 8, 'WEBP')],
  ['audio/wav', (head) => hasText(head, 0, 'RIFF') && hasText(head, 8, 'WAVE')],
  ['application/pdf', (head) => hasText(head, 0, '%PDF-')],
  ['audio/mp4', (head) => hasText(head, 4, 'ftypM4A ')],
  ['video/mp4', (head) => hasText(head, 4, 'ftyp') && MP4_BRANDS.has(head.toString('latin1', 8, 12))],
  ['video/ogg', (head) => hasText(head, 0, 'OggS') && head.includes('theora')],
  ['audio/ogg', (head) => hasText(head, 0, 'OggS')],
  ['audio/mpeg', (head) => hasText(head, 0, 'ID3') || isMpegAudioFrame(head)],
];

const MP4_BRANDS: ReadonlySet<string> = new Set(['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'dash', 'M4V ', 'M4VH', 'M4VP', 'MSNV', 'mmp4', 'f4v ']);

/**
 * Finds out what a file is by its first bytes; what it calls itself is not asked.
 * @param head the first {@link SNIFFED_BYTES} bytes
 * @returns null for everything that is not a listed image, sound, film or PDF; SVG can run scripts and is none of them
 * @source WHATWG MIME Sniffing Standard, sections 6.1, 6.2 and 7.1; ISO/IEC 11172-3 section 2.4.2.3 for MPEG audio frames
 */
export function sniffMediaType(head: Buffer): string | null {
  return SIGNATURES.find(([, matches]) => matches(head))?.[0] ?? null;
}

function startsWith(head: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

function hasText(head: Buffer, offset: number, text: string): boolean {
  return head.toString('latin1', offset, offset + text.length) === text;
}

/** Eleven sync bits, a version and layer that exist, a bit rate and a sampling rate that are not reserved. */
function isMpegAudioFrame(head: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = head;
  const version = (second >> 3) & 3;
  const layer = (second >> 1) & 3;
  return first === 0xff && (second & 0xe0) === 0xe0 && version !== 1 && layer === 1 && third >> 4 !== 15 && third >> 4 !== 0 && ((third >> 2) & 3) !== 3;
}
