import type { Command } from 'commander';
import { editHost } from '../../manage/edit-host.ts';
import type { Act } from '../act.ts';
import { toAvailability, withHoursOptions } from '../hours-options.ts';
import type { HoursOptions } from '../hours-options.ts';
import { toNames } from '../option-values.ts';

type HostOptions = HoursOptions & {
  calendar?: string;
  busyCalendars?: string[];
  rename?: string;
  remove?: true;
};

/** `slotline events host …` */
export function addHostCommand(group: Command, act: Act): void {
  const command = group
    .command('host')
    .description('let somebody take an event, in a calendar of their own; or change or remove them')
    .argument('<event>', 'its name or id')
    .argument('<name>', 'how callers hear who it is, such as "Dr. Adams"')
    .option('--calendar <name>', 'into which calendar; needed once')
    .option('--busy-calendars <names>', 'which others block their times, with commas', toNames)
    .option('--rename <name>', 'how callers are to hear them')
    .option('--remove', 'they take it no more');
  withHoursOptions(command)
    .addHelpText('after', EXAMPLE)
    .action(
      act(
        async (
          { organizationId, parts },
          options: HostOptions,
          wanted = '',
          name = '',
        ): Promise<{
          json: unknown;
          text: string;
        }> => {
          const { event } = await editHost(parts(), await organizationId(), wanted, {
            name,
            rename: options.rename,
            calendar: options.calendar,
            busyCalendars: options.busyCalendars,
            availability: toAvailability(options),
            isRemoved: options.remove === true,
          });
          const names = event.hosts.map((host) => host.name).join(', ');
          const text = names === '' ? 'It is booked into its own calendar.' : `Hosts: ${names}.`;
          return { json: event, text };
        },
      ),
    );
}

const EXAMPLE = `
Examples:
  slotline events host Cleaning "Dr. Adams" --calendar Adams --busy-calendars "Adams private"
  slotline events host Cleaning "Dr. Baker" --calendar Baker --hours "tue-thu 9:00-13:00"
  slotline events host Cleaning "Dr. Baker" --remove`;
