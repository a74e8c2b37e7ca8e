import { readStackEnvironment, serviceRoles } from '#tools/config.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import { checkGivenServer, migrateDatabase } from '#tools/stack/database.ts';

// node tools/migrate/main.ts: brings the database of DATABASE_URL (as its owner) to this release; for installations without `npm start`
const { databaseUrl } = readStackEnvironment();
try {
  if (databaseUrl === undefined) throw new StartFailure('DATABASE_URL is needed: the database to bring up to date, as its owner.');
  await checkGivenServer(databaseUrl);
  await migrateDatabase(databaseUrl, serviceRoles());
  console.log('The database fits this release.');
} catch (error) {
  console.error(error instanceof StartFailure ? error.message : error);
  process.exitCode = 1;
}
