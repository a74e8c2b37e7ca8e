import ExcelJS from 'exceljs';

import { inertText } from '#domain/csv.ts';
import type { Sheet, TypedCell } from '#api/statistics/sheets.ts';

const WIDEST = 60;
const NARROWEST = 10;
// more than a cell of a spreadsheet can hold makes the file unreadable
const LONGEST = 32_767;
// what XML 1.0 can not hold would as well
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const INSTANT = 'yyyy-mm-dd hh:mm:ss';
const SHARE = '0.0%';

/** Writes tables into an XLSX file: numbers, instants, shares and truth values typed, text that never runs, nothing where there is no value. */
export async function workbookOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  for (const { name, head, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = head.map((title, column) => ({ width: widthOf([title, ...rows.map((row) => row[column])]) }));
    sheet.addRow([...head]).font = { bold: true };
    for (const row of rows) {
      const added = sheet.addRow(row.map(valueOf));
      row.forEach((cell, column) => {
        if (typeof cell === 'object' && cell !== null) added.getCell(column + 1).numFmt = cell instanceof Date ? INSTANT : SHARE;
      });
    }
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function valueOf(cell: TypedCell): string | number | boolean | Date | null | undefined {
  if (typeof cell === 'string') return inertText(cell.replace(NOT_XML, ' ')).slice(0, LONGEST);
  return typeof cell === 'object' && cell !== null && 'share' in cell ? cell.share : cell;
}

function widthOf(cells: readonly TypedCell[]): number {
  return Math.min(WIDEST, Math.max(NARROWEST, ...cells.map((cell) => (typeof cell === 'string' ? cell.length + 2 : cell instanceof Date ? INSTANT.length + 2 : 0))));
}
