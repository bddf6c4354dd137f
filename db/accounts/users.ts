import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';

export interface User {
  id: string;
  name: string;
  email: string;
}

/** @param email in small letters */
export async function findUserByEmail(db: Database, email: string): Promise<User | undefined> {
  return db
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('email', '=', email)
    .executeTakeFirst();
}

export async function findUser(db: Database, id: string): Promise<User | undefined> {
  return db
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Stores a user and answers the id; fails where the address has one. */
export async function insertUser(
  db: Database,
  user: { name: string; email: string; emailVerified: boolean },
): Promise<string> {
  const { id } = await db
    .insertInto('users')
    .values(user)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Gives a user a password, in place of the one there was. */
export async function replacePassword(
  db: Database,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await db
    .insertInto('userAccounts')
    .values({ userId, providerId: 'credential', accountId: userId, password: passwordHash })
    .onConflict((conflict) =>
      conflict
        .columns(['providerId', 'accountId'])
        .doUpdateSet({ password: passwordHash, updatedAt: NOW }),
    )
    .execute();
}

/**
 * Ends what waits for a user, whose rows have the user's id as their value: links that set a
 * password, sign-ins that lack the second step, and devices that need none.
 */
export async function deleteVerifications(db: Database, userId: string): Promise<void> {
  await db.deleteFrom('verifications').where('value', '=', userId).execute();
}

/** Ends every session of a user. */
export async function deleteSessions(db: Database, userId: string): Promise<void> {
  await db.deleteFrom('userSessions').where('userId', '=', userId).execute();
}

export async function deleteSession(db: Database, token: string): Promise<void> {
  await db.deleteFrom('userSessions').where('token', '=', token).execute();
}
