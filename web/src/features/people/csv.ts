/**
 * Reads separated values: comma, semicolon or tab, whichever the first line has most of; quoted fields may hold separators and
 * line breaks. Empty lines are left out.
 * @source RFC 4180, section 2
 */
export function parseTable(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source.slice(0, source.search(/[\r\n]|$/)));
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endField = (): void => {
    row.push(field.trim());
    field = '';
  };
  const endRow = (): void => {
    endField();
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at]!;
    if (quoted) {
      if (char !== '"') field += char;
      else if (source[at + 1] === '"') field += source[(at += 1)]!;
      else quoted = false;
    } else if (char === '"' && field.trim() === '') {
      field = '';
      quoted = true;
    } else if (char === separator) {
      endField();
    } else if (char === '\n') {
      endRow();
    } else if (char !== '\r') {
      field += char;
    }
  }
  endRow();
  return rows;
}

function separatorOf(line: string): string {
  const count = (separator: string): number => line.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** A row of an import of people. */
export interface PersonRow {
  email?: string;
  name?: string;
  externalId?: string;
  roles?: string[];
  password?: string;
}

const COLUMNS: Readonly<Record<string, keyof PersonRow>> = {
  email: 'email', 'e-mail': 'email', mail: 'email', 'e-mail address': 'email', 'email address': 'email',
  name: 'name', 'full name': 'name', fullname: 'name',
  externalid: 'externalId', 'external id': 'externalId', number: 'externalId', 'student number': 'externalId', id: 'externalId', matriculation: 'externalId',
  role: 'roles', roles: 'roles',
  password: 'password',
};

/** Reads people out of a table whose first line names the columns. @returns the rows, and names of columns that mean nothing to us */
export function readPeople(text: string): { rows: PersonRow[]; unknown: string[]; columns: (keyof PersonRow)[] } {
  const [head = [], ...lines] = parseTable(text);
  const columns = head.map((title) => COLUMNS[title.toLowerCase()]);
  const rows = lines.map((line) => {
    const row: PersonRow = {};
    for (const [index, column] of columns.entries()) {
      const value = line[index] ?? '';
      if (column === undefined || value === '') continue;
      if (column === 'roles') row.roles = value.toLowerCase().split(/[\s,;|]+/).filter((role) => role !== '');
      else row[column] = value;
    }
    return row;
  });
  return { rows, unknown: head.filter((_title, index) => columns[index] === undefined), columns: columns.filter((column) => column !== undefined) };
}
