import type { CallMetadata } from '../../calls/call-metadata.ts';
import { RoomUsedError } from '../../calls/room-used-error.ts';
import { openRoom } from '../../db/calls/opened-rooms.ts';
import type { AnsweredCall, OpenCallOptions } from './open-call.ts';
import { openCall } from './open-call.ts';

/**
 * Opens the call of a visitor, while the job joins the room. A room has one call: a token can be shown
 * again, and LiveKit gives new ones to the participants of a room, which outlive the call.
 * @throws {RoomUsedError} the room has had its call
 * @throws {CallRefusedError} see `openCall`
 */
export async function answerWeb(
  metadata: CallMetadata,
  options: Omit<OpenCallOptions, 'metadata' | 'line' | 'phone'>,
): Promise<AnsweredCall> {
  const opened = await openRoom(options.db, options.roomName);
  const isItsOwn = typeof options.takenFrom === 'string' && opened.used && !opened.isOver;
  if (opened.used && !isItsOwn) throw new RoomUsedError(opened);
  const call = await openCall({ ...options, metadata, line: 'web' });
  return { call, callerName: metadata.caller.name ?? null, phone: null };
}
