import { env } from 'node:process';
import { z } from 'zod';
import { databaseUrl, masterKey, readEnvironment } from '../runtime/environment.ts';
import { runProgram } from '../runtime/run-program.ts';
import { explainDatabaseTrouble } from './database-trouble.ts';
import { openDatabase } from './database.ts';
import { rotateMasterKey } from './master-key-rotation.ts';

// Run as a program: seals every credential under a new master key. The old and the new key come
// from the environment, never from arguments, which other users of the machine can read.
const ConfigSchema = z.object({
  DATABASE_URL: databaseUrl,
  /** The present one. */
  SLOTLINE_MASTER_KEY: masterKey,
  SLOTLINE_NEW_MASTER_KEY: masterKey,
});

await runProgram(async () => {
  const config = readEnvironment(ConfigSchema, env);
  const db = openDatabase({
    connectionString: config.DATABASE_URL,
    maxConnections: 1,
    applicationName: 'slotline-rotate',
  });
  try {
    const count = await rotateMasterKey(db, {
      from: config.SLOTLINE_MASTER_KEY,
      to: config.SLOTLINE_NEW_MASTER_KEY,
    });
    console.log(
      `${count} credential(s) are sealed under the new key. Put it into SLOTLINE_MASTER_KEY of every process now.`,
    );
  } finally {
    await db.destroy();
  }
}, explainDatabaseTrouble);
