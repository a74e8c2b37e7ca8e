import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { openDb } from '#db/connection.ts';
import { StartFailure } from '#tools/servers/failure.ts';

import { readDemoSettings } from './config.ts';
import { provideAccounts } from './provide.ts';

try {
  const { values } = parseArgs({ options: { 'only-admin': { type: 'boolean', default: false } } });
  const { databaseUrl, dataFolder } = readDemoSettings();
  const db = openDb(databaseUrl, { poolSize: 1, transactionPoolSize: 1, statementTimeoutMs: 30_000, applicationName: 'holdfast-demo' });
  try {
    const accounts = await provideAccounts(db, { file: join(dataFolder, 'demo.json'), onlyAdmin: values['only-admin'] });
    console.log(JSON.stringify({ accounts }));
  } finally {
    await db.close();
  }
} catch (error) {
  console.error(error instanceof StartFailure ? error.message : error);
  process.exitCode = 1;
}
