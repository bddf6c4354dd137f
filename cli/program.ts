import { Command, Option } from 'commander';
import type { OutputConfiguration } from 'commander';
import type { CalendarProvider } from '../calendar/provider.ts';
import type { Act } from './act.ts';
import { addAgentCommands } from './commands/agents.ts';
import { addAppointmentCommands } from './commands/appointments.ts';
import { addAssistantCommands } from './commands/assistants.ts';
import { addCalendarCommands } from './commands/calendars.ts';
import { addCallCommands } from './commands/calls.ts';
import { addCallerCommands } from './commands/callers.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEventCommands } from './commands/events.ts';
import { addFactCommands } from './commands/facts.ts';
import { addForgettingCommands } from './commands/forgetting.ts';
import { addIntentCommands } from './commands/intents.ts';
import { addMessageCommands } from './commands/messages.ts';
import { addNumberCommands } from './commands/numbers.ts';
import { addOfficeCommands } from './commands/office.ts';
import { addOrganizationCommands } from './commands/organizations.ts';
import { addTrunkCommands } from './commands/trunks.ts';

/** The first example of a provider is its plainest. */
const notes = ([first]: readonly CalendarProvider[]): string => `
A first agent that books into ${first?.name}:
  slotline ${first?.examples[0]}
  slotline agents add front-desk --name "Front desk" --business-name "Harbor Street Clinic"
  slotline events add Consultation --agent front-desk --calendar Work --event-type consultation
  slotline doctor --agent front-desk

\`slotline\` stands for \`npm run slotline --\`; with --json, \`npm run -s slotline --\`.
The database is the one of DATABASE_URL with SLOTLINE_MASTER_KEY, also in .env; else that of the
\`npm start\` that runs here.
Exit codes: 0 done, 1 it could not be done, 2 what was asked for cannot be used.`;

/** The whole command line; `act` runs what a command does. */
export function createProgram(
  act: Act,
  providers: readonly CalendarProvider[],
  output: OutputConfiguration,
): Command {
  const program = new Command('slotline')
    .description('Agents, calendars, appointments and the ledger, from the command line.')
    .addOption(new Option('--json', 'print one JSON document instead of a table').default(false))
    .option('--organization <name>', 'whose; needed where there are several')
    .option('--data-dir <folder>', 'where a running `npm start` is found', '.slotline')
    .configureOutput(output)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText('after', notes(providers));
  addAgentCommands(program, act);
  addCalendarCommands(program, act, providers);
  addAssistantCommands(program, act);
  addEventCommands(program, act);
  addFactCommands(program, act);
  addAppointmentCommands(program, act);
  addIntentCommands(program, act);
  addNumberCommands(program, act);
  addTrunkCommands(program, act);
  addCallCommands(program, act);
  addCallerCommands(program, act);
  addMessageCommands(program, act);
  addForgettingCommands(program, act);
  addOrganizationCommands(program, act);
  addOfficeCommands(program, act);
  addDoctorCommand(program, act);
  return program;
}
