/** A file as text, and how its bytes were read. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/**
 * Reads the bytes of a text file: by its byte order mark, else as UTF-8, else as Windows-1252, of which Latin-1 is a part and
 * in which every byte means something. Line ends become "\n".
 * @source WHATWG Encoding Standard, sections 4.2 (labels) and 6 (BOM sniffing)
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  return { encoding, text: text.replace(/\r\n?/gu, '\n').replaceAll('\u0000', '\ufffd').toWellFormed() };
}

function encodingOf(bytes: Uint8Array): DecodedText['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return hasZeroHighBytes(bytes) ? 'utf-16le' : 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Western text in UTF-16 without a mark has a zero behind nearly every letter, and no text in UTF-8 has one at all. */
function hasZeroHighBytes(bytes: Uint8Array): boolean {
  const looked = Math.min(bytes.length - (bytes.length % 2), 1000);
  let zeros = 0;
  for (let index = 1; index < looked; index += 2) if (bytes[index] === 0) zeros += 1;
  return looked > 0 && zeros > looked / 4;
}
