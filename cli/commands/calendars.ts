import { Option } from 'commander';
import type { Command } from 'commander';
import type { CalendarProvider } from '../../calendar/provider.ts';
import type { CalendarInput } from '../../manage/calendar-wish.ts';
import { listCalendars, showCalendar } from '../../manage/calendars.ts';
import { connectCalendar } from '../../manage/connect-calendar.ts';
import type { ConnectedCalendar } from '../../manage/connect-calendar.ts';
import type { ShownCalendar } from '../../manage/calendars.ts';
import { disconnectCalendar } from '../../manage/disconnect-calendar.ts';
import type { DisconnectedCalendar } from '../../manage/disconnect-calendar.ts';
import { examineConnection } from '../../manage/doctor/examine-agent.ts';
import type { Finding } from '../../manage/doctor/finding.ts';
import { ManageError } from '../../manage/manage-error.ts';
import type { Act, Answer } from '../act.ts';
import { needsSignIn, signIn } from '../sign-in.ts';
import { describeFinding, summarise } from '../findings.ts';
import { settingOptions } from '../setting-options.ts';
import { formatTable } from '../table.ts';

type ConnectOptions = CalendarInput & {
  key?: unknown;
  apiKey?: unknown;
  signIn?: boolean;
  wait: boolean;
};

/** `slotline calendars …` */
export function addCalendarCommands(
  program: Command,
  act: Act,
  providers: readonly CalendarProvider[],
): void {
  const group = program.command('calendars').description('where is booked');
  addConnect(group, act, providers);
  group
    .command('list')
    .description('list all calendars')
    .action(
      act(async ({ db, organizationId }) => {
        const calendars = (await listCalendars(db, await organizationId(), providers)).map(show);
        const rows = calendars.map(({ timeZone, lastSync, id, signInAgain, ...calendar }) => ({
          ...calendar,
          connected: signInAgain === null ? calendar.connected : 'sign in again',
          zone: timeZone,
          'last sync': lastSync,
          id,
        }));
        return { json: calendars, text: formatTable(rows, 'There is no calendar yet.') };
      }),
    );
  group
    .command('test')
    .description('prove key, account, time zone, event types, free slots and webhook')
    .argument('<calendar>', 'its name or id')
    .action(
      act(async ({ organizationId, parts, progress }, _: object, wanted = '') => {
        const findings: Finding[] = [];
        for await (const finding of examineConnection(parts(), await organizationId(), wanted)) {
          findings.push(finding);
          progress(describeFinding(finding));
        }
        return summarise(findings);
      }),
    );
  group
    .command('disconnect')
    .description('remove the webhook and forget the key; appointments stay at the provider')
    .argument('<calendar>', 'its name or id')
    .action(
      act(async ({ organizationId, parts }, _: object, wanted = '') => {
        const done = await disconnectCalendar(parts(), await organizationId(), wanted);
        return { json: done, text: describeDisconnected(done) };
      }),
    );
}

const notes = (providers: readonly CalendarProvider[]): string => `
The key is read from ${keyVariables(providers)} or standard input, never from an argument.
Where the owner signs in at the provider, an address is printed instead.
Connecting a name again changes it: what is not given stays, its key too.

Examples:
${providers.flatMap(({ examples }) => examples.map((example) => `  slotline ${example}`)).join('\n')}`;

function keyVariables(providers: readonly CalendarProvider[]): string {
  return providers.flatMap(({ credential }) => credential?.variable ?? []).join(', ');
}

function addConnect(group: Command, act: Act, providers: readonly CalendarProvider[]): void {
  const settings = settingOptions(providers);
  const ids = providers.map(({ id }) => id);
  const command = group
    .command('connect')
    .description('connect a calendar; the key is proved, then stored sealed')
    .argument('<name>', 'what you call it')
    .addOption(new Option('--provider <provider>').choices(ids).makeOptionMandatory())
    .option(
      '--webhook-url <url>',
      'where the provider reaches the token server; registers a webhook',
    )
    .option('--time-zone <zone>', 'of a provider that has no accounts')
    .option('--sign-in', 'have the owner sign in at the provider again, or in the place of a key')
    .option('--no-wait', 'print the address to sign in at, and do not wait until somebody has')
    .addOption(new Option('--key [key]').hideHelp())
    .addOption(new Option('--api-key [key]').hideHelp());
  for (const option of settings) command.addOption(option);
  command.addHelpText('after', notes(providers)).action(
    act(async (session, options: ConnectOptions, name) => {
      const { organizationId, parts, readKey, howToGiveKey } = session;
      if (options.key !== undefined || options.apiKey !== undefined) {
        throw new ManageError(
          `is never read from an argument, which other users of the machine can see: set ${keyVariables(providers)}, or give it on standard input. Replace this key, it may have been seen.`,
          { field: 'key' },
        );
      }
      const { provider, webhookUrl, timeZone } = options;
      const given = settings.map((option) => option.attributeName());
      const stated = Object.fromEntries(given.map((key) => [key, options[key]]));
      const input = { ...stated, name, provider, webhookUrl, timeZone };
      if (await needsSignIn(session, input, options.signIn === true)) {
        return signIn(session, input, { waits: options.wait });
      }
      const done = await connectCalendar(
        parts(),
        await organizationId(),
        input,
        readKey,
        howToGiveKey,
      );
      return describeConnected(done, showCalendar(done.connection, providers));
    }),
  );
}

function describeConnected(
  { isNew, account, webhook }: ConnectedCalendar,
  calendar: ShownCalendar,
): Answer {
  const { name, timeZone } = calendar;
  const whose = account === null ? '' : ` of the account "${account}"`;
  const lines = [
    isNew
      ? `Connected "${name}"${whose}, in ${timeZone}.`
      : `"${name}"${whose} is connected anew, in ${timeZone}.`,
  ];
  if (webhook?.registered) lines.push(`Its webhook calls ${webhook.address}`);
  else if (webhook) lines.push(`Its webhook could not be registered: ${webhook.trouble}`);
  return {
    json: { calendar: show(calendar), isNew, account, webhook },
    text: lines.join('\n'),
    exitCode: webhook && !webhook.registered ? 1 : 0,
  };
}

function describeDisconnected(done: DisconnectedCalendar): string {
  const { name, stopped, unsettledIntents, webhookLeft, accessLeft } = done;
  const lines = [`Disconnected "${name}": its key is forgotten.`];
  if (stopped.length > 0) {
    lines.push(`Not booked any more: ${stopped.map((event) => `"${event.name}"`).join(', ')}.`);
  }
  if (unsettledIntents > 0) {
    lines.push(
      `${unsettledIntents} intent(s) can no longer be settled by themselves: see \`slotline intents list\`.`,
    );
  }
  if (webhookLeft !== null) {
    lines.push(`Its webhook is still there, remove it at the provider. ${webhookLeft}`);
  }
  if (accessLeft !== null) lines.push(`The access that was granted stands yet: ${accessLeft}`);
  return lines.join('\n');
}

function show({ id, lastSyncedAt, ...calendar }: ShownCalendar) {
  return { ...calendar, lastSync: lastSyncedAt?.toISOString() ?? null, id };
}
