import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { StartFailure } from '#tools/servers/failure.ts';

/** What was asked for on the command line; paths are absolute. */
export type BackupCommand =
  | { readonly name: 'backup'; readonly data: string; readonly to: string }
  | { readonly name: 'restore'; readonly from: string; readonly data: string; readonly withoutTemporal: boolean };

export const USAGE = `npm run backup -- --data DIR --to NEW
  --data DIR   data folder of the stack, which may be running (default: .data)
  --to NEW     folder that becomes the backup; must not hold anything
npm run restore -- --from BACKUP --data NEW
  --from BACKUP        folder that "npm run backup" wrote
  --data NEW           folder that becomes the data folder of a stack; must not hold anything
  --without-temporal   leave the databases of Temporal out; the next start fills them from the sessions`;

/**
 * Reads the command line.
 * @returns undefined when help was asked for
 * @throws StartFailure when an option is unknown or missing
 */
export function readCommand(args: readonly string[], cwd: string): BackupCommand | undefined {
  const [name, ...rest] = args;
  const values = parse(rest);
  if (values.help) return undefined;
  const given = (option: 'data' | 'from' | 'to'): string => {
    const value = values[option];
    if (value === undefined || value === '') throw new StartFailure(`--${option} is missing.\n${USAGE}`);
    return resolve(cwd, value);
  };
  if (name === 'backup' && values.from === undefined && !values['without-temporal']) {
    return { name, data: values.data === undefined ? resolve(cwd, '.data') : given('data'), to: given('to') };
  }
  if (name === 'restore' && values.to === undefined) {
    return { name, from: given('from'), data: given('data'), withoutTemporal: values['without-temporal'] };
  }
  throw new StartFailure(USAGE);
}

function parse(args: readonly string[]): { data?: string | undefined; to?: string | undefined; from?: string | undefined; 'without-temporal': boolean; help: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        to: { type: 'string' },
        from: { type: 'string' },
        'without-temporal': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new StartFailure(`${(error as Error).message.split('. ')[0]}.\n${USAGE}`);
  }
}
