import { crc32 } from 'node:zlib';

/** A file of an archive. */
export interface ZipEntry {
  /** Slashes make folders. */
  readonly name: string;
  readonly modifiedAtMs: number;
  bytes(): Promise<Buffer>;
}

/** A classic archive counts files in 16 bits and bytes in 32. */
const MAX_FILES = 65_535;
const MAX_BYTES = 0xffff_ffff;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;

/**
 * Writes an archive while it is read, one file in memory at a time. Nothing is compressed: PDF files are already.
 * @throws Error when it grows beyond 4 GB or 65,535 files
 */
export async function* zipOf(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  if (entries.length > MAX_FILES) throw new Error('too many files for one archive');
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const bytes = await entry.bytes();
    const name = Buffer.from(entry.name, 'utf8');
    const common = commonHead(bytes, name, entry.modifiedAtMs);
    const head = Buffer.concat([word(0x0403_4b50), common, name]);
    directory.push(Buffer.concat([word(0x0201_4b50), half(VERSION), common, half(0), half(0), half(0), word(0), word(offset), name]));
    offset += head.length + bytes.length;
    if (offset > MAX_BYTES) throw new Error('too many bytes for one archive');
    yield head;
    yield bytes;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  yield Buffer.concat([
    ...directory, word(0x0605_4b50), half(0), half(0), half(entries.length), half(entries.length), word(size), word(offset), half(0),
  ]);
}

/** What the head of a file and its line in the directory share. */
function commonHead(bytes: Buffer, name: Buffer, modifiedAtMs: number): Buffer {
  const at = new Date(modifiedAtMs);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return Buffer.concat([half(VERSION), half(FLAGS), half(0), half(time), half(date), word(crc32(bytes)), word(bytes.length), word(bytes.length), half(name.length), half(0)]);
}

function half(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function word(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
