import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { closeRoom, openRoom, purgeRooms } from '../../db/calls/opened-rooms.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase({ maxConnections: 10 });

it('is opened once, however many come at the same instant, and tells when its call is over', async () => {
  const { db } = database;
  const name = `call-${randomUUID()}`;
  const opened = await Promise.all(Array.from({ length: 10 }, () => openRoom(db, name)));
  expect(opened.filter(({ used }) => !used)).toHaveLength(1);
  expect(await openRoom(db, name)).toEqual({ used: true, isOver: false });
  await closeRoom(db, name);
  expect(await openRoom(db, name)).toEqual({ used: true, isOver: true });
  expect(await openRoom(db, `${name}-other`)).toEqual({ used: false });
});

it('is remembered for a day, which no token outlives', async () => {
  const { db } = database;
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  await db
    .insertInto('openedRooms')
    .values([23, 25, 26].map((hours) => ({ name: `old-${hours}`, openedAt: hoursAgo(hours) })))
    .execute();
  expect(await purgeRooms(db, 1)).toBe(1);
  expect(await purgeRooms(db, 10)).toBe(1);
  expect(await openRoom(db, 'old-23')).toMatchObject({ used: true });
  expect(await openRoom(db, 'old-25')).toEqual({ used: false });
});
