import { Option } from 'commander';
import { DateTime } from 'luxon';
import type { Command } from 'commander';
import { addEvent, editEvent } from '../../manage/events.ts';
import type { KeptEvent } from '../../manage/events.ts';
import type { EventInput } from '../../manage/event-input.ts';
import { listEvents } from '../../manage/list-events.ts';
import type { ListedEvent } from '../../manage/list-events.ts';
import { ManageError } from '../../manage/manage-error.ts';
import { previewSlots } from '../../manage/preview-slots.ts';
import { removeEvent } from '../../manage/remove-event.ts';
import { inTransaction } from '../../db/in-transaction.ts';
import type { Act } from '../act.ts';
import { toNames, toNumber, toNumberOrNone, withoutNone } from '../option-values.ts';
import { toAvailability, withHoursOptions } from '../hours-options.ts';
import type { HoursOptions } from '../hours-options.ts';
import { addHostCommand } from './event-hosts.ts';
import { formatTable } from '../table.ts';

type EventOptions = EventInput & HoursOptions & { anyAgent?: true; enable?: true; disable?: true };

/** `slotline events …` */
export function addEventCommands(program: Command, act: Act): void {
  const group = program
    .command('events')
    .description('what an agent books: event type, calendar, how times are offered');
  withEventOptions(
    group
      .command('add')
      .description('let an agent book an event type; it is created at the provider if need be')
      .argument('<name>', 'how callers hear it'),
  )
    .addHelpText('after', EXAMPLE)
    .action(
      act(async ({ organizationId, parts }, options: EventOptions, name) => {
        const input = { ...toInput(options), name };
        if (input.agent === undefined) {
          throw new ManageError('name an agent, or use --any-agent', { field: 'agent' });
        }
        const kept = await addEvent(parts(), await organizationId(), input);
        return { json: kept, text: describe('Added', kept) };
      }),
    );
  group
    .command('list')
    .description('list all events')
    .option('--agent <slug>', 'only those this agent books')
    .action(
      act(async ({ db, organizationId }, { agent }: { agent?: string }) => {
        const events = await listEvents(db, await organizationId(), { agent });
        return { json: events, text: formatTable(events.map(toRow), 'There is no event yet.') };
      }),
    );
  addPreview(group, act);
  addHostCommand(group, act);
  withEventOptions(
    group.command('edit').description('change an event').argument('<event>', 'its name or id'),
  )
    .option('--name <name>', 'how callers hear it')
    .option('--enable', 'offer it')
    .option('--disable', 'offer it no more')
    .addHelpText('after', '\nWrite `none` to take away what an option has set.')
    .action(
      act(async ({ organizationId, parts }, options: EventOptions, wanted = '') => {
        const input = { ...toInput(options), name: options.name };
        const kept = await editEvent(parts(), await organizationId(), wanted, input);
        return { json: kept, text: describe('Changed', kept) };
      }),
    );
  group
    .command('remove')
    .description('remove an event; what was booked with it stands')
    .argument('<event>', 'its name or id')
    .action(
      act(async ({ db, organizationId }, _options: object, wanted = '') => {
        const id = await organizationId();
        const { event, references } = await inTransaction(db, (transaction) =>
          removeEvent(transaction, id, wanted),
        );
        const { upcoming, agentsWithout } = references;
        const without =
          agentsWithout.length === 0 ? '' : ` Nothing to book has: ${agentsWithout.join(', ')}.`;
        return {
          json: { id: event.id, name: event.name, ...references },
          text: `"${event.name}" is removed. Appointments to come that were booked with it, and stand: ${upcoming}.${without}`,
        };
      }),
    );
}

function addPreview(group: Command, act: Act): void {
  group
    .command('preview')
    .description('list the times that would be offered now')
    .argument('<event>', 'its name or id')
    .option('--days <days>', 'how many days from now', toNumber, 7)
    .action(
      act(async ({ organizationId, parts }, { days }: { days: number }, wanted = '') => {
        const asked = { event: wanted, days };
        const { event, slots } = await previewSlots(parts(), await organizationId(), asked);
        const read = slots.map(({ start }) => DateTime.fromJSDate(start, { zone: event.timeZone }));
        const byDate = Map.groupBy(read, (start) => start.toFormat('cccc, yyyy-MM-dd'));
        const rows = [...byDate].map(([date, starts]) => ({
          date,
          times: starts.map((start) => start.toFormat('HH:mm')).join(' '),
        }));
        return { json: slots, text: formatTable(rows, `Nothing is free in ${days} days.`) };
      }),
    );
}

const EXAMPLE = `
Examples:
  slotline events add Consultation --agent front-desk --calendar Work --event-type consultation
  slotline events add Interview --any-agent --calendar Work --event-type interview \\
    --duration-minutes 45 --initial-booking-date 2026-11-30 --offering-days 10 \\
    --slots-per-day 3 --hours-between-slots 1.5 --meeting-link google_meet`;

function withEventOptions(command: Command): Command {
  return withHoursOptions(
    command
      .addOption(new Option('--agent <slug>', 'who books it').conflicts('anyAgent'))
      .option('--any-agent', 'every agent books it')
      .option('--calendar <name>', 'into which calendar')
      .option(
        '--busy-calendars <names>',
        'which other calendars block its times too: names with commas between',
        toNames,
      )
      .option('--event-type <slug>', "the provider's slug")
      .option(
        '--duration-minutes <minutes>',
        "how long (default: the event type's, or 30)",
        toNumber,
      )
      .option('--organizer-email <address>', 'who is named as organizer in the .ics we send')
      .addOption(
        new Option('--meeting-link <kind>', 'where it takes place').choices([
          'provider',
          'google_meet',
        ]),
      )
      .option('--time-zone <zone>', "in which times are said (default: the calendar's)")
      .option('--preparation <text>', 'what its attendee has to know or to bring')
      .option('--initial-booking-date <date>', 'suggest nothing before it')
      .option('--offering-days <days>', 'how many days to suggest from', toNumberOrNone)
      .option('--slots-per-day <number>', 'how many times a day to suggest', toNumberOrNone)
      .option('--hours-between-slots <hours>', 'how far apart to suggest', toNumberOrNone),
  );
}

function toInput(options: EventOptions): EventInput {
  return {
    agent: options.anyAgent ? null : options.agent,
    calendar: options.calendar,
    busyCalendars: options.busyCalendars,
    eventType: options.eventType,
    durationMinutes: options.durationMinutes,
    organizerEmail: withoutNone(options.organizerEmail),
    meetingLink: options.meetingLink,
    timeZone: withoutNone(options.timeZone),
    preparation: withoutNone(options.preparation),
    initialBookingDate: withoutNone(options.initialBookingDate),
    offeringDays: withoutNone(options.offeringDays),
    slotsPerDay: withoutNone(options.slotsPerDay),
    hoursBetweenSlots: withoutNone(options.hoursBetweenSlots),
    availability: toAvailability(options),
    enabled: options.enable ? true : options.disable ? false : undefined,
  };
}

function describe(done: string, { event, createdEventType }: KeptEvent): string {
  const made = createdEventType ? `; the event type was created at ${event.provider}` : '';
  return `${done} "${event.name}": ${event.durationMinutes} minutes of "${event.eventType}"${made}.`;
}

function toRow(event: ListedEvent) {
  return {
    name: event.name,
    agent: event.agent ?? 'any',
    calendar: event.calendar,
    'event type': event.eventType,
    minutes: event.durationMinutes,
    zone: event.timeZone,
    enabled: event.enabled,
    hosts: event.hosts.map((host) => host.name).join(', '),
    'blocked by': event.blockedBy.join(', '),
    id: event.id,
  };
}
