import { randomUUID } from 'node:crypto';
import { ServerError } from 'livekit-server-sdk';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LostCalls } from '../../../agent/worker/lost-calls.ts';
import type { LostCallsOptions } from '../../../agent/worker/lost-calls.ts';
import type { AssignedCall } from '../../../agent/worker/livekit-worker.ts';
import { ago } from '../../../db/clock.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

type RoomsOf = LostCallsOptions['rooms'];

const LONG = { timeout: 30_000, interval: 20 };

describe('calls whose worker is gone', () => {
  const database = useTestDatabase({ maxConnections: 5 });
  let lostCalls: LostCalls | undefined;
  afterEach(() => lostCalls?.stop());

  /** Rooms of calls that have been silent for a minute. */
  async function openSilent(count: number, timesTakenOver = 0): Promise<string[]> {
    const { db } = database;
    const { organizationId, agentId } = await insertTenant(db);
    const names = Array.from({ length: count }, () => randomUUID());
    for (const roomName of names) {
      const holder = randomUUID();
      const row = { organizationId, agentId, roomName, line: 'web', holder } as const;
      const id = await insertCall(db, row);
      const silent = { lastSignAt: ago(60_000), timesTakenOver };
      await db.updateTable('calls').set(silent).where('id', '=', id).execute();
    }
    return names;
  }
  const rowOf = (roomName: string) =>
    database.db
      .selectFrom('calls')
      .selectAll()
      .where('roomName', '=', roomName)
      .executeTakeFirstOrThrow();

  /** A worker that looks for them, and a LiveKit that has these rooms with a caller each. */
  function look(rooms: readonly string[], options: Partial<LostCallsOptions> = {}) {
    const served: AssignedCall[] = [];
    const deleted: string[] = [];
    const caller = { identity: 'caller', kind: 0 };
    lostCalls = new LostCalls({
      db: database.db,
      rooms: {
        listParticipants: (async (name: string) =>
          rooms.includes(name) ? [caller] : []) as unknown as RoomsOf['listParticipants'],
        deleteRoom: async (name) => {
          deleted.push(name);
          if (!rooms.includes(name)) {
            throw new ServerError('NotFound', 'The room does not exist.', 404, 'not_found');
          }
        },
      },
      dispatches: {
        listDispatch: async () =>
          [{ agentName: 'receptionist', metadata: 'told' }] as Awaited<
            ReturnType<LostCallsOptions['dispatches']['listDispatch']>
          >,
      },
      workerName: 'receptionist',
      url: 'ws://127.0.0.1:1',
      hasRoom: () => true,
      isOurs: (name) => served.some(({ roomName }) => roomName === name),
      serve: (call) => served.push(call),
      logger: pino({ level: 'silent' }),
      ...options,
    });
    void lostCalls.run();
    return { served, deleted };
  }

  it('are taken over as far as there are lines', async () => {
    const rooms = await openSilent(3);
    const served: AssignedCall[] = [];
    look(rooms, { serve: (call) => served.push(call), hasRoom: () => served.length < 2 });
    await vi.waitUntil(() => served.length >= 2, LONG);
    const rows = await Promise.all(rooms.map(rowOf));
    expect(rows.filter(({ timesTakenOver }) => timesTakenOver === 1)).toHaveLength(2);
    expect(served).toHaveLength(2);
    for (const { roomName, takenFrom } of served) {
      expect((await rowOf(roomName)).holder).toBe(takenFrom);
    }
    await database.db.deleteFrom('calls').where('roomName', 'in', rooms).execute();
  });

  it('are closed with their rooms where nobody is left', async () => {
    const rooms = await openSilent(1);
    const { deleted, served } = look([]);
    await vi.waitUntil(() => deleted.length > 0, LONG);
    expect(deleted).toEqual(rooms);
    expect(served).toEqual([]);
    expect(await rowOf(rooms[0] ?? '')).toMatchObject({ endedBy: 'fault', outcome: 'failed' });
  });

  it('are hung up on after the third time, where nobody else has them by then', async () => {
    const [given, gone] = await openSilent(2, 3);
    const other = randomUUID();
    const rooms = [given, gone].map(String);
    const { deleted } = look(rooms, {
      dispatches: {
        // Another worker is faster.
        listDispatch: async (roomName) => {
          if (roomName === gone) {
            const had = { holder: other, lastSignAt: ago(0) };
            await database.db
              .updateTable('calls')
              .set(had)
              .where('roomName', '=', roomName)
              .execute();
          }
          return [];
        },
      },
    });
    await vi.waitUntil(() => deleted.length > 0, LONG);
    await vi.waitUntil(async () => (await rowOf(String(given))).endedAt !== null, LONG);
    // Either may be seen to first.
    await vi.waitUntil(async () => (await rowOf(String(gone))).holder === other, LONG);
    expect(deleted).toEqual([given]);
    expect(await rowOf(String(gone))).toMatchObject({ holder: other, endedAt: null });
  });
});
