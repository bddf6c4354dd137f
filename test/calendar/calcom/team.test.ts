import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookRequest, Slot } from '../../../calendar/calendar.ts';
import { SlotUnavailableError } from '../../../calendar/calendar-error.ts';
import { createCalcomSimulator } from '../../../rehearsal/simulators/calcom/create-calcom-simulator.ts';
import type { CalcomSimulator } from '../../../rehearsal/simulators/calcom/create-calcom-simulator.ts';
import { API_KEY, NOW } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { calendarOf } from './simulated.ts';

describe('event types of a Cal.com team', () => {
  let simulator: CalcomSimulator;
  beforeAll(async () => {
    // Not held against the specification at hand, which has no teams.
    simulator = await createCalcomSimulator({
      rateLimit: null,
      accounts: [
        { username: 'front-desk', apiKey: API_KEY },
        { username: 'doctor', apiKey: null },
      ],
      teams: [
        {
          slug: 'clinic',
          members: ['front-desk', 'doctor'],
          eventTypes: [
            { slug: 'any-doctor', lengthInMinutes: 30, schedulingType: 'roundRobin' },
            { slug: 'both-doctors', lengthInMinutes: 30, schedulingType: 'collective' },
          ],
        },
      ],
    });
    simulator.clock.set(Date.parse(NOW));
  });
  afterAll(() => simulator.close());

  const firstSlot = async (eventType: string): Promise<Slot> => {
    const from = new Date(simulator.clock.now());
    const range = { from, to: new Date(from.getTime() + 7 * 24 * 3_600_000) };
    const [slot] = await calendarOf(simulator, { eventType }).listSlots(range);
    if (!slot) throw new Error('The team has no free slot.');
    return slot;
  };

  it('share a start while another host is free, and never twice for one key', async () => {
    const calendar = calendarOf(simulator, { eventType: 'any-doctor' });
    const slot = await firstSlot('any-doctor');
    const wanted = requestOf(slot);
    const first = await calendar.book(wanted);
    expect((await calendar.book(wanted)).reference).toBe(first.reference);
    const second = await calendar.book(requestOf(slot));
    expect(second.reference).not.toBe(first.reference);
    await expect(calendar.book(requestOf(slot))).rejects.toThrow(SlotUnavailableError);
  });

  it('are exclusive where all hosts are needed', async () => {
    const calendar = calendarOf(simulator, { eventType: 'both-doctors' });
    const slot = await firstSlot('both-doctors');
    await calendar.book(requestOf(slot));
    await expect(calendar.book(requestOf(slot))).rejects.toThrow(SlotUnavailableError);
  });
});

function requestOf(slot: Slot): BookRequest {
  const key = randomUUID();
  const attendee = {
    name: 'Mary Smith',
    email: `${key}@example.com`,
    phone: null,
    timeZone: 'America/New_York',
  };
  return { slot, attendee, key, notes: null, answers: {} };
}
