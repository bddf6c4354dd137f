import { Option } from 'commander';
import type { Command } from 'commander';
import { DateTime } from 'luxon';
import { cancelAppointment, listAppointments } from '../../manage/appointments.ts';
import type { AppointmentInput, ShownAppointment } from '../../manage/appointments.ts';
import type { Act } from '../act.ts';
import { toInstant, toNumber } from '../option-values.ts';
import { formatTable } from '../table.ts';
import { isTimeZone } from '../../runtime/given/time-zone.ts';

/** `slotline appointments …` */
export function addAppointmentCommands(program: Command, act: Act): void {
  const group = program
    .command('appointments')
    .description('what was booked, by calls or elsewhere');
  group
    .command('list')
    .description('list appointments, those to come and standing unless told otherwise')
    .option('--from <date>', 'that start then or later (default: now)', toInstant)
    .option('--to <date>', 'that start before', toInstant)
    .addOption(
      new Option('--status <status>').choices([
        'confirmed',
        'pending',
        'cancelled',
        'rejected',
        'any',
      ]),
    )
    .option('--agent <slug>', 'only those this agent booked')
    .option('--calendar <name>', 'only those in this calendar')
    .option('--limit <number>', 'how many at most (default: 50)', toNumber)
    .option('--show-personal', 'show names, e-mail addresses and numbers')
    .action(
      act(
        async (
          { db, now, organizationId },
          options: AppointmentInput & { showPersonal?: true },
        ) => {
          const { from, to, status, agent, calendar, limit } = options;
          const found = await listAppointments(
            { db, now },
            await organizationId(),
            { from, to, status, agent, calendar, limit },
            { showPersonal: options.showPersonal ?? false },
          );
          return { json: found, text: formatTable(found.map(toRow), 'There is no appointment.') };
        },
      ),
    );
  group
    .command('cancel')
    .description('cancel an appointment, at the provider too')
    .argument('<id>', 'as `appointments list` shows it')
    .option('--reason <text>', 'what the attendee is told')
    .addHelpText(
      'after',
      '\nExample:\n  slotline appointments cancel 5c0e6b1e-… --reason "The doctor is ill"',
    )
    .action(
      act(async ({ organizationId, parts }, { reason }: { reason?: string }, id) => {
        const { state, appointment } = await cancelAppointment(parts(), await organizationId(), {
          id,
          reason,
        });
        return state === 'cancelled'
          ? { json: { state, appointment }, text: 'The appointment is cancelled.' }
          : {
              json: { state, appointment },
              text: 'The provider did not say whether it is cancelled. It is looked up and settled by the jobs process: see `slotline intents list`.',
              exitCode: 1,
            };
      }),
    );
}

function toRow(appointment: ShownAppointment) {
  const { attendee } = appointment;
  // One that was mirrored may bear a zone that nobody knows.
  const timeZone = isTimeZone(appointment.timeZone) ? appointment.timeZone : 'UTC';
  const start = DateTime.fromJSDate(appointment.startAt, { zone: timeZone });
  return {
    start: `${start.toFormat('yyyy-LL-dd HH:mm')} ${timeZone}`,
    what: appointment.eventName ?? appointment.eventType,
    status: appointment.status,
    name: attendee.name,
    'e-mail': attendee.email,
    phone: attendee.phone,
    agent: appointment.agentSlug,
    calendar: appointment.calendarName,
    id: appointment.id,
  };
}
