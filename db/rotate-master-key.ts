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
    const { resealed, already } = await rotateMasterKey(db, {
      from: config.SLOTLINE_MASTER_KEY,
      to: config.SLOTLINE_NEW_MASTER_KEY,
    });
    console.log(
      `${resealed} secret(s) were sealed under the new key, ${already} were already. Put it into ` +
        'SLOTLINE_MASTER_KEY of every process now. Then run this once more with both keys: a process ' +
        'that still had the old one may have sealed with it meanwhile.',
    );
  } finally {
    await db.destroy();
  }
}, explainDatabaseTrouble);
