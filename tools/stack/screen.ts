import { relative } from 'node:path';

import type { Account } from './demo.ts';

/** What there is to say about a stack that runs. */
export interface Overview {
  url: string;
  accounts: readonly Account[];
  data: string;
  seconds: number;
  processes: Readonly<Record<string, number>>;
  cwd: string;
}

const ROLES = ['admin', 'teacher', 'proctor', 'student'];

/** The one screen of `npm start`: addresses, an account of each role, three things to try. */
export function screen({ url, accounts, data, seconds, processes, cwd }: Overview): string {
  const folder = relative(cwd, data) || '.';
  const shown = folder.startsWith('..') ? data : folder;
  const byRole = Map.groupBy(accounts, ({ role }) => role);
  const samples = ROLES.flatMap((role) => {
    const [first, ...others] = byRole.get(role) ?? [];
    return first ? [{ ...first, more: others.length }] : [];
  });
  const one = accounts.length === 1;
  const width = Math.max(0, ...samples.map(({ email }) => email.length));
  const people = samples.map(({ role, email, password, more }) => `    ${role.padEnd(8)} ${email.padEnd(width)}  ${password}${more > 0 ? `   and ${more} more` : ''}`);
  const student = accounts.find(({ role }) => role === 'student');
  return [
    '',
    `  Holdfast is running (ready after ${seconds.toFixed(1)} s).`,
    '',
    `    Web   ${url}/`,
    `    API   ${url}/api/v1   (guide: ${url}/api/docs)`,
    '',
    ...(people.length > 0 ? [`  ${one ? 'The first account, kept in' : 'Accounts, all of them in'} ${shown}/demo.json`, ...people, ''] : []),
    '  Three things to try',
    student ? `    1. Open ${url}/ as the student: an exam is open now. Close the browser in the middle, and come back.` : `    1. Open ${url}/ and add people, questions and an exam.`,
    `    2. Let a class sit an exam, and watch it in the live monitor:  npm run rehearsal -- --students 20 --minutes 1 --url ${url} --data ${shown}`,
    `    3. Kill a process and watch it come back:  kill -9 ${processes['worker'] ?? processes['api'] ?? ''}`,
    '',
    `  Data and logs: ${shown}     Stop: Ctrl-C`,
    '',
  ].join('\n');
}
