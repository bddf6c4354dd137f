import { randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { Call } from '../../../agent/call/call.ts';
import { readAgentConfig } from '../../../agent/config.ts';
import { serializeCallMetadata } from '../../../calls/call-metadata.ts';
import { finishCall, insertCall } from '../../../db/calls/calls.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase({ maxConnections: 5 });

/** A call that a process had which died, as another process is to go on with it. */
async function takeOver(of: { holder: string; takenFrom: string; isOver?: boolean }) {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const { holder, takenFrom, isOver = false } = of;
  const roomName = randomUUID();
  const row = { organizationId, agentId, roomName, line: 'web', holder } as const;
  const callId = await insertCall(db, row);
  const end = { outcome: 'no_booking', reason: 'The caller hung up.', by: 'caller' } as const;
  if (isOver) await finishCall(db, { organizationId, callId, holder }, end);
  const room = new EventEmitter();
  const connect = vi.fn<() => Promise<void>>(async () => {
    // Another process joins in the same place at once.
    room.emit(RoomEvent.Disconnected, DisconnectReason.DUPLICATE_IDENTITY);
    throw new Error('Thrown out.');
  });
  const deleteRoom = vi.fn<() => Promise<unknown>>(() => Promise.resolve());
  const config = readAgentConfig({
    DATABASE_URL: database.url,
    LIVEKIT_URL: 'ws://127.0.0.1:1',
    LIVEKIT_API_KEY: 'test-key',
    LIVEKIT_API_SECRET: randomBytes(32).toString('hex'),
    SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
    OPENAI_API_KEY: 'test',
  });
  const call = new Call(
    {
      id: randomUUID(),
      metadata: serializeCallMetadata({ v: 1, agentId, calendar: null, caller: {} }),
      roomName,
      takenFrom,
      isTurnedAway: false,
      holder: randomUUID(),
      room: room as unknown as Room,
      connect,
      deleteRoom,
    },
    { config, db, logger: pino({ level: 'silent' }) },
  );
  await call.run();
  return { connect, deleteRoom };
}

it('is left without joining where another process has it by now', async () => {
  const of = await takeOver({ holder: randomUUID(), takenFrom: randomUUID() });
  expect(of.connect).not.toHaveBeenCalled();
  expect(of.deleteRoom).not.toHaveBeenCalled();
});

it('is closed without joining where it had ended', async () => {
  const holder = randomUUID();
  const of = await takeOver({ holder, takenFrom: holder, isOver: true });
  expect(of.connect).not.toHaveBeenCalled();
  expect(of.deleteRoom).toHaveBeenCalledOnce();
});

it('keeps its room where another process joins in its place while it opens', async () => {
  const holder = randomUUID();
  const of = await takeOver({ holder, takenFrom: holder });
  expect(of.connect).toHaveBeenCalledOnce();
  expect(of.deleteRoom).not.toHaveBeenCalled();
});
