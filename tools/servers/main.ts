import { type ProgramName, PROGRAMS, TEST_PROGRAMS } from './catalogue.ts';
import { StartFailure } from './failure.ts';
import { ensurePrograms } from './programs.ts';

// node tools/bootstrap.mjs tools/servers/main.ts [name…]: finds or builds server programs ahead of time and prints their paths
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in PROGRAMS));
try {
  if (unknown !== undefined) throw new StartFailure(`There is no server "${unknown}"; there are: ${Object.keys(PROGRAMS).join(', ')}.`);
  const names = asked.length > 0 ? (asked as ProgramName[]) : TEST_PROGRAMS;
  const paths = await ensurePrograms(names, (line) => console.error(line));
  for (const name of names) console.log(`${name} ${paths[name]}`);
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
