import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { instructions } from '../../../agent/model/prompt.ts';
import { bookingTools } from '../../../booking/tools/booking-tools.ts';
import type { AttendeeField, BookingQuestion, Calendar } from '../../../calendar/calendar.ts';
import { CallRecord } from '../../../calls/call-record.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { servedParts } from '../../support/served-parts.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, openTestDesk, SOON } from '../../support/test-desk.ts';

const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const TOPIC: BookingQuestion = {
  key: 'topic',
  label: 'What is it about?',
  required: true,
  options: null,
};
const OPTIONAL: BookingQuestion = {
  key: 'how',
  label: 'How did you hear of us?',
  required: false,
  options: null,
};

describe('a caller is asked for what the calendar needs, and no more', () => {
  const database = useTestDatabase({ clock: CLOCK });

  async function openDesk(required: AttendeeField[], questions: BookingQuestion[] = []) {
    const change = (calendar: Calendar): Calendar => ({
      listSlots: (...args) => calendar.listSlots(...args),
      book: (request) => calendar.book(request),
      findBookings: (query) => calendar.findBookings(query),
      reschedule: (...args) => calendar.reschedule(...args),
      cancel: (...args) => calendar.cancel(...args),
      describe: async () => ({
        ...(await calendar.describe()),
        requiredAttendeeFields: required,
        questions,
      }),
    });
    return openTestDesk(database.db, { clock: CLOCK, change });
  }

  it.each([
    { required: ['name', 'email'], asks: undefined },
    { required: ['name', 'phone'], asks: ['name', 'phone number'] },
    { required: ['name', 'email', 'phone'], asks: ['name', 'e-mail address', 'phone number'] },
    { required: ['name'], asks: ['name', 'e-mail address or phone number'] },
  ] as const)('for $asks where it wants $required', async ({ required, asks }) => {
    const { desk } = await openDesk([...required]);
    expect(await desk.findTimes(SOON)).toHaveProperty('status', 'slots');
    const offer = await desk.findTimes(SOON);
    expect('ask_for' in offer ? offer.ask_for : undefined).toEqual(asks);
  });

  it('for the answers that it requires, and not for the others', async () => {
    const { desk } = await openDesk(['name', 'email'], [TOPIC, OPTIONAL]);
    expect(await desk.findTimes(SOON)).toMatchObject({ ask_also: ['What is it about?'] });
  });

  it('books without a phone number and notes where it does not want them', async () => {
    const { desk } = await openDesk(['name', 'email']);
    const offer = await desk.findTimes(SOON);
    const [slot] = 'slots' in offer ? offer.slots : [];
    const booked = await desk.changes.schedule({ ...MARY, slotId: slot?.slot_id ?? '' });
    expect(booked.status).toBe('booked');
  });

  it('by the prompt and the tools of a page', async () => {
    const { desk, tenant, callId } = await openDesk(['name', 'email']);
    const { organizationId, agentId } = tenant;
    const of = { organizationId, agentId, callId };
    const record = new CallRecord(database.db, of, pino({ level: 'silent' }));
    const call = { ...servedParts(database.db, of), record, desk };
    const tool = bookingTools(call).find(({ name }) => name === 'schedule_appointment');
    const { properties } = z.toJSONSchema(tool?.schema ?? z.object({})) as {
      properties: Record<string, { description: string }>;
    };
    expect(Object.keys(properties)).toEqual([
      'slot_id',
      'attendee_name',
      'attendee_email',
      'attendee_phone',
      'answers',
      'notes',
      'read_back_confirmed',
    ]);
    expect(properties['attendee_phone']?.description).toMatch(/Null unless the caller gave one/);
    expect(properties['notes']?.description).toMatch(/if the caller said so/);
    const told = instructions(
      { name: 'Desk', businessName: 'Clinic', instructions: '', language: 'en' },
      {
        now: CLOCK.now(),
        timeZone: 'UTC',
        callerName: null,
        hasPage: false,
        languages: ['en'],
        phone: null,
      },
    );
    const asked = told.split('\n').filter((line) => /\bask\b.* for\b/i.test(line));
    expect(asked.join('\n')).not.toMatch(/phone number|notes|birth|reason|insurance/i);
    expect(told).toContain('Ask for nothing else');
  });
});
