import { beforeAll, describe, expect, it } from 'vitest';
import { insertOrganization } from '../../db/organizations.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { KEY, OTHER_KEY, useCalcom } from './calcom.ts';
import { createCommandLine } from './slotline.ts';

const database = useTestDatabase();
const calcom = useCalcom();
const slotline = createCommandLine(() => database.url);
slotline.canaries.add(KEY).add(OTHER_KEY);

beforeAll(async () => {
  await insertOrganization(database.db, 'Harbor Street Clinic');
  await slotline.run('agents', 'add', 'desk', '--name', 'Desk', '--business-name', 'Clinic');
  for (const [name, key] of [
    ['Work', KEY],
    ['Never open', OTHER_KEY],
  ] as const) {
    slotline.input = key;
    const connect = ['calendars', 'connect', name, '--provider', 'calcom', '--base-url'];
    await slotline.run(...connect, calcom.simulator.url);
  }
});

const add = (name: string, ...more: string[]) => ['events', 'add', name, '--json', ...more];
const ON_WORK = ['--agent', 'desk', '--calendar', 'Work'];

describe('slotline events', () => {
  it('adds an event on an event type that is there, with its duration', async () => {
    const given = add('Consultation', ...ON_WORK, '--event-type', 'consultation');
    const { exitCode, json } = await slotline.runAsProcess(...given);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      createdEventType: false,
      event: { durationMinutes: 45, timeZone: 'America/Chicago', meetingLink: 'provider' },
    });
  });

  it('creates an event type that is not there, with the duration asked for', async () => {
    const given = add('Demo', ...ON_WORK, '--event-type', 'demo', '--duration-minutes', '20');
    const { exitCode, json } = await slotline.run(...given);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ createdEventType: true, event: { durationMinutes: 20 } });
    const types = [...calcom.simulator.state.eventTypes.values()];
    expect(types).toContainEqual(
      expect.objectContaining({ slug: 'demo', title: 'Demo', lengthInMinutes: 20 }),
    );
  });

  it('sets no hours of a calendar that has its own', async () => {
    const given = add('Hours', ...ON_WORK, '--event-type', 'consultation', '--hours', 'mon 9-17');
    const { exitCode, json } = await slotline.run(...given);
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({
      error: { field: 'availability', message: expect.stringContaining('is set in Cal.com') },
    });
  });

  it('lets other calendars block it, and takes that back', async () => {
    const given = add('Blocked', ...ON_WORK, '--event-type', 'consultation');
    await slotline.run(...given, '--busy-calendars', 'Never open');
    const { json } = await slotline.run('events', 'list', '--json');
    expect(json).toContainEqual(
      expect.objectContaining({ name: 'Blocked', calendar: 'Work', blockedBy: ['Never open'] }),
    );
    const own = await slotline.run(
      'events',
      'edit',
      'Blocked',
      '--busy-calendars',
      'Work',
      '--json',
    );
    expect(own.json).toMatchObject({
      error: { field: '--busy-calendars', message: expect.stringContaining('is booked into') },
    });
    const none = await slotline.run(
      'events',
      'edit',
      'Blocked',
      '--busy-calendars',
      'none',
      '--json',
    );
    expect(none.json).toMatchObject({ event: { busyCalendars: [] } });
  });

  it('adds, changes and removes those who take it, each in a calendar of their own', async () => {
    await slotline.run(...add('Cleaning', ...ON_WORK, '--event-type', 'consultation'));
    const host = (name: string, ...more: string[]) =>
      slotline.run('events', 'host', 'Cleaning', name, ...more, '--json');
    expect((await host('Dr. Adams')).json).toMatchObject({ error: { field: '--calendar' } });
    await host('Dr. Adams', '--calendar', 'Work');
    const double = await host('Dr. Baker', '--calendar', 'Work');
    expect(double.json).toMatchObject({
      error: { field: 'hosts', message: expect.stringContaining('have the same calendar') },
    });
    const changed = await host(
      'dr. adams',
      '--rename',
      'Dr. Ann Adams',
      '--busy-calendars',
      'Never open',
    );
    expect(changed.json).toMatchObject({
      hosts: [{ name: 'Dr. Ann Adams', busyCalendars: [expect.any(String)] }],
    });
    const preparation = 'Please bring your card.';
    await slotline.run('events', 'edit', 'Cleaning', '--preparation', preparation);
    expect((await slotline.run('events', 'list', '--json')).json).toContainEqual(
      expect.objectContaining({
        name: 'Cleaning',
        preparation,
        hosts: [expect.objectContaining({ name: 'Dr. Ann Adams' })],
      }),
    );
    expect((await host('Dr. Carter', '--remove')).json).toMatchObject({
      error: { field: '<name>' },
    });
    expect((await host('Dr. Ann Adams', '--remove')).json).toMatchObject({ hosts: [] });
  });

  it('keeps every offering rule, for any agent', async () => {
    const rules = {
      '--initial-booking-date': '2026-11-30',
      '--offering-days': '10',
      '--slots-per-day': '3',
      '--hours-between-slots': '1.5',
      '--meeting-link': 'google_meet',
      '--organizer-email': 'owner@example.com',
      '--time-zone': 'Europe/Zurich',
    };
    const given = add(
      'Interview',
      '--any-agent',
      '--calendar',
      'Work',
      ...Object.entries(rules).flat(),
    );
    const { json } = await slotline.run(...given, '--event-type', 'interview');
    const event = {
      agentId: null,
      initialBookingDate: '2026-11-30',
      offeringDays: 10,
      slotsPerDay: 3,
      hoursBetweenSlots: 1.5,
      meetingLink: 'google_meet',
      organizerEmail: 'owner@example.com',
      timeZone: 'Europe/Zurich',
    };
    expect(json).toMatchObject({ event });
  });

  it('changes what is given, and takes away what is set to none', async () => {
    const { json } = await slotline.run(
      'events',
      'edit',
      'Interview',
      '--offering-days',
      'none',
      '--slots-per-day',
      '2',
      '--time-zone',
      'none',
      '--agent',
      'desk',
      '--disable',
      '--json',
    );
    expect(json).toMatchObject({
      event: {
        offeringDays: null,
        slotsPerDay: 2,
        hoursBetweenSlots: 1.5,
        timeZone: 'America/Chicago',
        enabled: false,
        agentId: expect.any(String),
      },
    });
  });

  it('lists them with agent and calendar', async () => {
    const { output } = await slotline.run('events', 'list', '--agent', 'desk');
    expect(output).toMatch(/^Consultation +desk +Work +consultation +45 +America\/Chicago +yes/m);
    expect(output).toMatch(/^Interview +desk .* no /m);
  });

  it('refuses a duration that the event type does not have, naming those it has', async () => {
    const given = ['events', 'edit', 'Consultation', '--duration-minutes', '30', '--json'];
    const { exitCode, json } = await slotline.run(...given);
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({
      error: { field: '--duration-minutes', message: expect.stringContaining('for 45 minutes') },
    });
  });

  it('says under its title that an account has no working hours', async () => {
    const given = add('Walk-in', '--agent', 'desk', '--calendar', 'Never open');
    const { exitCode, json } = await slotline.run(...given, '--event-type', 'walk-in');
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ error: { trouble: 'No appointment slots available' } });
  });

  it.each([
    [['add', 'Consultation', ...ON_WORK, '--event-type', 'consultation'], '<name>', 'already'],
    [['add', 'Other', '--calendar', 'Work', '--event-type', 'demo'], '--agent', '--any-agent'],
    [
      ['add', 'Other', '--agent', 'deks', '--calendar', 'Work', '--event-type', 'demo'],
      '--agent',
      '"desk"',
    ],
    [
      ['add', 'Other', '--agent', 'desk', '--calendar', 'Wrok', '--event-type', 'demo'],
      '--calendar',
      '"Work"',
    ],
    [['add', 'Other', ...ON_WORK], '--event-type', 'is missing'],
    [['edit', 'Demmo', '--disable'], '<event>', '"Demo"'],
    [['edit', 'Demo', '--initial-booking-date', '2026-02-30'], '--initial-booking-date', 'a date'],
    [['edit', 'Demo', '--slots-per-day', '21'], '--slots-per-day', 'from 1 to 20'],
    [['edit', 'Demo', '--organizer-email', 'owner'], '--organizer-email', 'e-mail address'],
  ])('refuses %j and names the field', async (given, field, words) => {
    const { exitCode, json } = await slotline.run('events', ...given, '--json');
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({ error: { field, message: expect.stringContaining(words) } });
  });
});
