import { env } from 'node:process';
import { openDatabase } from './database.ts';
import { rotateMasterKey } from './master-key-rotation.ts';
import { parseMasterKey } from './sealed-credential.ts';

// Run as a program: seals every credential under a new master key. The old and the new key come
// from the environment, never from arguments, which other users of the machine can read.
const connectionString = env['DATABASE_URL'];
const from = env['SLOTLINE_MASTER_KEY'];
const to = env['SLOTLINE_NEW_MASTER_KEY'];
if (!connectionString || !from || !to) {
  throw new Error(
    'Set DATABASE_URL, SLOTLINE_MASTER_KEY (the present key) and SLOTLINE_NEW_MASTER_KEY.',
  );
}
const keys = { from: parseMasterKey(from), to: parseMasterKey(to) };
const db = openDatabase({
  connectionString,
  maxConnections: 1,
  applicationName: 'slotline-rotate',
});
try {
  const count = await rotateMasterKey(db, keys);
  console.log(
    `${count} credential(s) are sealed under the new key. Put it into SLOTLINE_MASTER_KEY of every process now.`,
  );
} finally {
  await db.destroy();
}
