import { expect, test } from 'vitest';

import { csvLine } from './csv.ts';

test.each<[Parameters<typeof csvLine>[0], string]>([
  [['a', 1, true, null, undefined, ''], 'a,1,true,,,'],
  [['a,b', 'say "x"', 'two\nlines', 'two\r\nlines'], '"a,b","say ""x""","two\nlines","two\r\nlines"'],
  [['=1+1', '+49', '-5+1', '@x', '\tx'], "'=1+1,'+49,'-5+1,'@x,'\tx"],
  [['-5', '-0.25'], '-5,-0.25'],
  [['=HYPERLINK("http://evil","x")'], `"'=HYPERLINK(""http://evil"",""x"")"`],
  [['＝1', '＋1', '－1', '＠x', '\nx'], "'＝1,'＋1,'－1,'＠x,\"'\nx\""],
  [['\rx'], `"'\rx"`],
  [[-5], '-5'],
])('%j becomes a line that no spreadsheet runs', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});
