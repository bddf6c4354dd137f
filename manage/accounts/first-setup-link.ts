import { env, stdout } from 'node:process';
import { z } from 'zod';
import { openDatabase } from '../../db/database.ts';
import { explainDatabaseTrouble } from '../../db/database-trouble.ts';
import { databaseUrl, httpUrl, readEnvironment, text } from '../../runtime/environment.ts';
import { runProgram } from '../../runtime/run-program.ts';
import { writePrivateFile } from '../../runtime/running/private-file.ts';
import { makeFirstSetupLink } from './set-up.ts';

// Run as a program by `npm start`: where nobody owns an organization yet, writes a link that makes
// an owner into a file, which `npm start` shows and removes. What a program prints is kept in a log.
const ConfigSchema = z.object({
  DATABASE_URL: databaseUrl,
  OFFICE_URL: httpUrl,
  SETUP_LINK_FILE: text,
});

await runProgram(async () => {
  const { DATABASE_URL, OFFICE_URL, SETUP_LINK_FILE } = readEnvironment(ConfigSchema, env);
  const db = openDatabase({
    connectionString: DATABASE_URL,
    maxConnections: 1,
    applicationName: 'slotline-setup-link',
  });
  try {
    const link = await makeFirstSetupLink(db, OFFICE_URL);
    if (link !== null) await writePrivateFile(SETUP_LINK_FILE, link);
    stdout.write(`${JSON.stringify({ msg: 'looked for an owner', isMissing: link !== null })}\n`);
  } finally {
    await db.destroy();
  }
}, explainDatabaseTrouble);
