import { parseArgs } from 'node:util';

/** What `rehearsal`, `chaos` and `bench` can be told. */
export interface BenchArguments {
  readonly url: string | undefined;
  readonly data: string | undefined;
  readonly students: number;
  readonly minutes: number;
  readonly json: boolean;
  readonly short: boolean;
  readonly only: readonly string[];
  /** File for a picture of the run. */
  readonly picture: string | undefined;
  /** File for a picture of the live monitor during a rehearsal. */
  readonly monitor: string | undefined;
}

/** Reads the command line. @throws Error for an unknown option or a value out of range */
export function readArguments(defaults: { students: number; minutes: number }): BenchArguments {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      data: { type: 'string' },
      students: { type: 'string' },
      minutes: { type: 'string' },
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      picture: { type: 'string' },
      monitor: { type: 'string' },
    },
  });
  return {
    url: values.url?.replace(/\/+$/, ''),
    data: values.data,
    students: inRange('--students', values.students ?? String(defaults.students), 1, 5_000),
    minutes: inRange('--minutes', values.minutes ?? String(defaults.minutes), 0.5, 180),
    json: values.json,
    short: values.short,
    only: values.only,
    picture: values.picture,
    monitor: values.monitor,
  };
}

function inRange(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!(value >= least && value <= most)) throw new Error(`${name} must be between ${least} and ${most}, not ${text}`);
  return value;
}
