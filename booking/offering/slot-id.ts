import { createHash } from 'node:crypto';
import type { Slot } from '../../calendar/calendar.ts';

/** What a slot is a slot of. */
export interface SlotOwner {
  /** The booking event's. */
  id: string;
  calendarConnectionId: string;
}

/**
 * An opaque name for a slot. It depends on the calendar, and so on the host, on the booking event, the
 * instant and the duration and on no zone: the same slot has the same id however it was asked for, and
 * two events or hosts that are free at one time have two ids, though their providers call both by one
 * name.
 */
export function slotId(slot: Slot, owner: SlotOwner): string {
  const { calendarConnectionId, id } = owner;
  const identity = [calendarConnectionId, id, slot.start.getTime(), slot.end.getTime()];
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest();
  return `slot_${hash.readBigUInt64BE(0).toString(36)}`;
}
