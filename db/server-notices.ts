import { NOW, ago } from './clock.ts';
import type { Database } from './database.ts';

/** `untrusted-proxy`: visitors come through a proxy that the token server does not trust. */
export type NoticeName = 'untrusted-proxy';

/** Writes down, or writes down again, that a process met this. */
export async function insertNotice(db: Database, name: NoticeName): Promise<void> {
  await db
    .insertInto('serverNotices')
    .values({ name })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ noticedAt: NOW }))
    .execute();
}

/** Whether a process met this in the last so many milliseconds. */
export async function hasNotice(
  db: Database,
  name: NoticeName,
  milliseconds: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('serverNotices')
    .select('name')
    .where('name', '=', name)
    .where('noticedAt', '>', ago(milliseconds))
    .executeTakeFirst();
  return row !== undefined;
}

/** It has been seen to: until it is met again. */
export async function deleteNotice(db: Database, name: NoticeName): Promise<void> {
  await db.deleteFrom('serverNotices').where('name', '=', name).execute();
}
