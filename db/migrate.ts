import { env, stdout } from 'node:process';
import { openDatabase } from './database.ts';
import { migrate } from './migrator.ts';

// Run as a program: brings the database of DATABASE_URL up to date and says what it did.
const connectionString = env['DATABASE_URL'];
if (!connectionString) throw new Error('DATABASE_URL is missing: set it to a postgres:// address.');
const db = openDatabase({
  connectionString,
  maxConnections: 1,
  applicationName: 'slotline-migrate',
  // The server's limit is one statement's, and a migration sends many in one message.
  answerTimeout: 600_000,
});
try {
  const ran = await migrate(db);
  stdout.write(`${JSON.stringify({ msg: 'migrated', ran })}\n`);
} finally {
  await db.destroy();
}
