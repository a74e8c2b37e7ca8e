/**
 * Reads a position in the write-ahead log.
 * @param text two hexadecimal numbers, for example `0/2000028`
 * @returns bytes from the beginning
 */
export function parseLsn(text: string): bigint {
  const [high, low] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

/**
 * Names of the files of the write-ahead log that hold everything from one position up to another.
 * @param timeline number of the timeline, the first part of each name
 * @param start first byte that is needed
 * @param stop position after the last byte that is needed
 * @param segmentBytes size of one file
 * @source PostgreSQL 18, `XLogFileName` in `access/xlog_internal.h`
 */
export function walFileNames(timeline: number, start: bigint, stop: bigint, segmentBytes: number): string[] {
  const size = BigInt(segmentBytes);
  const perId = 0x1_0000_0000n / size;
  const hex = (value: bigint): string => value.toString(16).toUpperCase().padStart(8, '0');
  const names: string[] = [];
  for (let segment = start / size; segment <= (stop - 1n) / size; segment += 1n) {
    names.push(`${hex(BigInt(timeline))}${hex(segment / perId)}${hex(segment % perId)}`);
  }
  return names;
}
