import ExcelJS from 'exceljs';

import { inertText } from '#api/http/csv.ts';
import type { Sheet } from '#api/statistics/sheets.ts';

const WIDTH = 16;
// what XML 1.0 can not hold would make the file unreadable
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Writes tables into an XLSX file: numbers and truth values typed, text that never runs, nothing where there is no value. */
export async function workbookOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  for (const { name, head, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = head.map(() => ({ width: WIDTH }));
    sheet.addRow([...head]).font = { bold: true };
    for (const row of rows) sheet.addRow(row.map((cell) => (typeof cell === 'string' ? inertText(cell.replace(NOT_XML, ' ')) : cell)));
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
