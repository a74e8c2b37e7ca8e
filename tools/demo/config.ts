import { StartFailure } from '#tools/servers/failure.ts';

/** Where demo data go. */
export interface DemoSettings {
  /** Connection string as the owner of the schema. */
  readonly databaseUrl: string;
  /** Data folder of the stack; the accounts are kept in it. */
  readonly dataFolder: string;
}

/**
 * Reads `DATABASE_URL` and `HOLDFAST_DATA`.
 * @throws StartFailure when one is missing
 */
export function readDemoSettings(): DemoSettings {
  return { databaseUrl: needed('DATABASE_URL'), dataFolder: needed('HOLDFAST_DATA') };
}

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new StartFailure(`${name} is not set; "npm start" loads the demo data by itself.`);
  return value;
}
