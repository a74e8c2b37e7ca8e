/** Formats that a file is recognised as. */
export type FileFormat =
  | 'gift' | 'aiken' | 'moodle-xml' | 'qti12' | 'qti21' | 'qti30' | 'xml' | 'common-cartridge' | 'xlsx' | 'zip' | 'csv' | 'pdf' | 'unknown';

/** How each format is called in a sentence. */
export const FORMAT_NAMES: Readonly<Record<FileFormat, string>> = {
  gift: 'GIFT',
  aiken: 'Aiken',
  'moodle-xml': 'Moodle XML',
  qti12: 'QTI 1.2',
  qti21: 'QTI 2',
  qti30: 'QTI 3',
  xml: 'XML',
  'common-cartridge': 'Common Cartridge',
  xlsx: 'Excel',
  zip: 'zip',
  csv: 'CSV',
  pdf: 'PDF',
  unknown: 'unknown',
};

/**
 * Finds out the format of an uploaded file.
 * @param bytes the file
 * @param text the same, decoded
 * @param fileName asked only where the content does not tell
 */
export function detectFormat(bytes: Uint8Array, text: string, fileName: string): FileFormat {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) return zipFormat(extension);
  if (text.startsWith('%PDF-')) return 'pdf';
  const start = text.replace(/^\ufeff/u, '').trimStart().slice(0, 4000);
  if (start.startsWith('<')) return xmlFormat(start);
  if (isGift(text)) return 'gift';
  if (/^\s*ANSWER:\s*[A-Z]\s*$/mu.test(text) && /^\s*[A-Z][.)]\s/mu.test(text)) return 'aiken';
  if (extension === 'csv' || extension === 'tsv') return 'csv';
  return extension === 'gift' ? 'gift' : 'unknown';
}

function zipFormat(extension: string): FileFormat {
  if (extension === 'xlsx') return 'xlsx';
  return extension === 'imscc' ? 'common-cartridge' : 'zip';
}

function xmlFormat(start: string): FileFormat {
  if (/<quiz[\s>]/iu.test(start)) return 'moodle-xml';
  if (/<questestinterop[\s>]/iu.test(start)) return 'qti12';
  if (/<(?:\w+:)?qti-assessment/iu.test(start)) return 'qti30';
  if (/<(?:\w+:)?assessment(?:Item|Test)[\s>]/u.test(start)) return 'qti21';
  return 'xml';
}

/** An answer block whose braces are not escaped, or a category line. */
function isGift(text: string): boolean {
  return /^\s*\$CATEGORY:/mu.test(text) || (/(?:^|[^\\])\{/u.test(text) && /(?:^|[^\\])\}/u.test(text));
}
