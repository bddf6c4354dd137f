import { env, stdout } from 'node:process';
import { z } from 'zod';
import { databaseUrl, readEnvironment } from '../runtime/environment.ts';
import { runProgram } from '../runtime/run-program.ts';
import { explainDatabaseTrouble } from './database-trouble.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrator.ts';

// Run as a program: brings the database of DATABASE_URL up to date and says what it did.
await runProgram(async () => {
  const { DATABASE_URL } = readEnvironment(z.object({ DATABASE_URL: databaseUrl }), env);
  const db = openDatabase({
    connectionString: DATABASE_URL,
    maxConnections: 1,
    applicationName: 'slotline-migrate',
    // An index of all that was ever said takes as long as it takes.
    answerTimeout: 86_400_000,
  });
  try {
    const ran = await migrate(db);
    stdout.write(`${JSON.stringify({ msg: 'migrated', ran })}\n`);
  } finally {
    await db.destroy();
  }
}, explainDatabaseTrouble);
