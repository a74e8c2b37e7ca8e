import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { StartFailure } from '#tools/servers/failure.ts';

/** What was asked for on the command line of `npm start`. */
export interface StackOptions {
  /** Absolute path of the data folder. */
  data: string;
  /** Port of the web app and the API; undefined: the one used last, else 8080. */
  port: number | undefined;
  demo: boolean;
  /** One line of JSON instead of a screen. */
  json: boolean;
}

export const USAGE = `npm start -- [options]
  --data DIR   folder for the database, files, logs and secrets (default: .data)
  --port N     port of the web app and the API (default: the one used last, else 8080); all others follow from it
  --no-demo    no demo accounts and exams
  --json       print one line of JSON when ready`;

/**
 * Reads the command line.
 * @returns undefined when help was asked for
 * @throws StartFailure when an option is unknown or its value makes no sense
 */
export function readOptions(args: readonly string[], cwd: string): StackOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new StartFailure(`--port ${values.port} is not a port number between 1 and 65535.`);
  }
  if (values.data === '') throw new StartFailure('--data needs the path of a folder.');
  return { data: resolve(cwd, values.data), port, demo: !values['no-demo'], json: values.json };
}

function parse(args: readonly string[]): { data: string; port?: string | undefined; 'no-demo': boolean; json: boolean; help: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string', default: '.data' },
        port: { type: 'string' },
        'no-demo': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new StartFailure(`${(error as Error).message.split('. ')[0]}.\n${USAGE}`);
  }
}
