import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventType } from '../../../calendar/calcom/account.ts';
import { CalendarSetupError, RequestRefusedError } from '../../../calendar/calendar-error.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { startScripted } from '../scripted-server.ts';
import { recorded } from './recorded.ts';
import { calendarOf, clientOf, FRONT_DESK } from './simulated.ts';

const EVENT_TYPES = recorded('event-types.by-username-slug');
/** Before what was recorded. */
const clock = { now: () => Date.parse('2026-11-20T20:00:00Z') };

async function onRecorded(name: string) {
  const server = await startScripted(({ path }) =>
    path.startsWith('/v2/event-types') ? EVENT_TYPES : recorded(name),
  );
  return { server, calendar: calendarOf({ ...server, clock }, { eventType: 'consultation' }) };
}

describe('slots of Cal.com', () => {
  it('reads instants, whatever local dates they are kept under', async () => {
    const { calendar } = await onRecorded('slots.range-ny');
    const slots = await calendar.listSlots(range('2026-12-01T21:00Z', '2026-12-02T14:30Z'));
    expect(slots.map(({ start }) => start.toISOString())).toEqual([
      '2026-12-01T21:00:00.000Z',
      '2026-12-01T21:30:00.000Z',
      '2026-12-02T14:00:00.000Z',
    ]);
    expect(slots[0]?.end.toISOString()).toBe('2026-12-01T21:30:00.000Z');
  });

  it('asks for a day more on either side, and keeps what spills over out of the answer', async () => {
    const { calendar, server } = await onRecorded('slots.range-ny');
    expect(await calendar.listSlots(range('2026-12-01T16:00Z', '2026-12-01T17:00Z'))).toHaveLength(
      2,
    );
    const asked = new URL(server.requests.at(-1)?.path ?? '', server.url).searchParams;
    expect(Date.parse(asked.get('start') ?? '')).toBeLessThanOrEqual(
      Date.parse('2026-11-30T16:00:00.000Z'),
    );
    expect(asked.get('end')).toBe('2026-12-02T17:00:00.000Z');
    expect(asked.get('format')).toBe('range');
  });

  it('answers none where Cal.com has none', async () => {
    const { calendar } = await onRecorded('slots.past-empty');
    expect(await calendar.listSlots(range('2026-12-01T16:00Z', '2026-12-09T17:00Z'))).toEqual([]);
  });

  it('asks nothing about the past', async () => {
    const { calendar, server } = await onRecorded('slots.range-ny');
    expect(await calendar.listSlots(range('2026-11-01T16:00Z', '2026-11-09T17:00Z'))).toEqual([]);
    expect(server.requests.map(({ path }) => path.split('?')[0])).toEqual(['/v2/event-types']);
  });

  it('refuses a length that the event type does not have: Cal.com would list it', async () => {
    const { calendar, server } = await onRecorded('slots.duration-not-allowed');
    const refusal: unknown = await calendar
      .listSlots(range('2026-12-01T14:00Z', '2026-12-01T22:00Z'), 60)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RequestRefusedError);
    expect((refusal as RequestRefusedError).field).toBe('duration');
    expect(server.requests).toHaveLength(1);
  });

  it('says that the event type is gone when Cal.com does not know it any more', async () => {
    const { calendar } = await onRecorded('slots.unknown-event-type');
    await expect(
      calendar.listSlots(range('2026-12-01T14:00Z', '2026-12-01T22:00Z')),
    ).rejects.toMatchObject({ name: 'CalendarSetupError', problem: 'event-type-missing' });
  });

  describe('on the simulator', () => {
    let simulator: ValidatedSimulator;
    beforeAll(async () => {
      simulator = await startCalcom({ accounts: [FRONT_DESK] });
    });
    afterAll(() => simulator.close());
    const week = range('2026-11-30T00:00Z', '2026-12-05T00:00Z');

    it('lists each length of an event type that has several', async () => {
      const calendar = calendarOf(simulator, { eventType: 'lengths' });
      expect((await calendar.describe()).durations).toEqual([15, 30, 60]);
      for (const minutes of [15, 30, 60]) {
        const slots = await calendar.listSlots(week, minutes);
        expect(new Set(slots.map(minutesOf))).toEqual(new Set([minutes]));
        expect(slots.length).toBeGreaterThan(30);
      }
    });

    it('takes the length of the booking event where the event type has it, else the type’s own', async () => {
      const lengths = calendarOf(simulator, { eventType: 'lengths', durationMinutes: 60 });
      expect((await lengths.describe()).durationMinutes).toBe(60);
      expect((await lengths.listSlots(week)).map(minutesOf)).toContain(60);
      const fixed = calendarOf(simulator, { durationMinutes: 45 });
      expect((await fixed.describe()).durationMinutes).toBe(30);
    });

    it('follows the owner’s clock when it is changed', async () => {
      const calendar = calendarOf(simulator, { eventType: 'lengths' });
      const slots = await calendar.listSlots(range('2027-03-12T05:00Z', '2027-03-16T04:00Z'));
      // Friday and Monday at nine in New York, with the night of 14 March between them.
      expect(slots[0]?.start.toISOString()).toBe('2027-03-12T14:00:00.000Z');
      expect(slots[18]?.start.toISOString()).toBe('2027-03-15T13:00:00.000Z');
    });

    it('sees what was booked, held or given free a moment ago, which Cal.com remembers otherwise', async () => {
      const calendar = calendarOf(simulator);
      const [slot] = await calendar.listSlots(week);
      if (!slot) throw new Error('The simulator has no free slot.');
      const isListed = async () =>
        (
          await calendarOf(simulator).listSlots(
            range(slot.start.toISOString(), slot.end.toISOString()),
          )
        ).length > 0;
      expect(await isListed()).toBe(true);
      const giveFree = await calendar.hold(slot, 60);
      expect(await isListed()).toBe(false);
      await giveFree();
      expect(await isListed()).toBe(true);
    });

    it('has nothing to list without opening hours', async () => {
      const closed = await startCalcom({ accounts: [{ ...FRONT_DESK, availability: [] }] });
      expect(await calendarOf(closed).listSlots(week)).toEqual([]);
      await closed.close();
    });

    it('reads the event type again after it was deleted and made anew', async () => {
      const account = { ...FRONT_DESK, eventTypes: [{ slug: 'appointment', lengthInMinutes: 30 }] };
      const own = await startCalcom({ accounts: [account] });
      const calendar = calendarOf(own);
      await calendar.describe();
      own.faults.set({ operation: 'slots.list', kind: 'event-type-deleted' });
      await expect(calendar.listSlots(week)).rejects.toThrow(CalendarSetupError);
      const made = { slug: 'appointment', title: 'Appointment', durationMinutes: 30 };
      await createEventType(clientOf(own), made);
      expect((await calendar.listSlots(week)).length).toBeGreaterThan(30);
      await own.close();
    });
  });
});

function range(from: string, to: string): { from: Date; to: Date } {
  return { from: new Date(from), to: new Date(to) };
}

function minutesOf({ start, end }: Slot): number {
  return (end.getTime() - start.getTime()) / 60_000;
}
