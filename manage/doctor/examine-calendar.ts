import type { CalendarProvider, ConnectionAccess } from '../../calendar/provider.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { notAvailable, toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import { openConnection } from '../../booking/calendars/open-connection.ts';
import { isTimeZone } from '../../runtime/given/time-zone.ts';
import type { ManageParts } from '../manage-parts.ts';
import { failed, ok, skipped, troubled, warning } from './finding.ts';
import type { ExaminedPart, Finding } from './finding.ts';

/** The provider of a connection, and what it is reached through. */
export interface OpenedConnection {
  provider: CalendarProvider;
  access: ConnectionAccess;
}

/**
 * Looks at key, account and time zone of a connection.
 * @returns what it is reached through; null where asking for slots is no use
 */
export async function* examineCalendar(
  parts: ManageParts,
  connection: CalendarConnection,
): AsyncGenerator<Finding, OpenedConnection | null> {
  const { name: of, provider } = connection;
  if (connection.disconnectedAt) {
    const trouble = notAvailable(`The calendar "${of}" is disconnected. Connect it again`, {
      command: `slotline calendars connect "${of}" --provider ${provider}`,
    });
    yield troubled({ part: 'key', of }, trouble);
    yield* skipRest(['account', 'time zone'], of, 'the calendar is disconnected');
    return null;
  }
  const key = await examineKey(parts, connection);
  yield key.finding;
  if (!key.opened) {
    yield* skipRest(['account', 'time zone'], of, 'the key cannot be used');
    return null;
  }
  const account = await examineAccount(parts, key.opened, connection);
  yield account.finding;
  if (account.finding.state === 'failed') {
    yield* skipRest(['time zone'], of, 'the account cannot be asked');
    return null;
  }
  const instance = await examineInstance(parts, key.opened, connection);
  if (instance) yield instance;
  yield examineTimeZone(connection, account.timeZone);
  return key.opened;
}

async function examineKey(
  parts: ManageParts,
  connection: CalendarConnection,
): Promise<{ finding: Finding; opened: OpenedConnection | null }> {
  const step = { part: 'key', of: connection.name } as const;
  try {
    const opened = await openConnection(parts.db, connection, parts);
    return { finding: ok(step, describeKey(opened)), opened };
  } catch (error) {
    return { finding: troubledBy(parts, error, { step, connection }), opened: null };
  }
}

function describeKey({ provider, access }: OpenedConnection): string {
  if (access.tokens) {
    return `somebody signed in to ${provider.name}, and the access is stored, sealed`;
  }
  if (provider.credential === null) return `the ${provider.name} calendar needs none`;
  return 'stored, sealed, and opens with SLOTLINE_MASTER_KEY';
}

async function examineAccount(
  parts: ManageParts,
  { provider, access }: OpenedConnection,
  connection: CalendarConnection,
): Promise<{ finding: Finding; timeZone: string | null }> {
  const step = { part: 'account', of: connection.name } as const;
  if (!provider.readAccount) {
    return { finding: ok(step, `the ${provider.name} calendar has none`), timeZone: null };
  }
  try {
    const { name, timeZone } = await provider.readAccount(access);
    const found = access.tokens ? `signed in as ${name}` : `the key is ${name}'s`;
    return { finding: ok(step, found), timeZone };
  } catch (error) {
    return { finding: troubledBy(parts, error, { step, connection }), timeZone: null };
  }
}

async function examineInstance(
  parts: ManageParts,
  { provider, access }: OpenedConnection,
  connection: CalendarConnection,
): Promise<Finding | null> {
  if (!provider.describeInstance) return null;
  const step = { part: 'API', of: connection.name } as const;
  try {
    return ok(step, await provider.describeInstance(access));
  } catch (error) {
    return troubledBy(parts, error, { step, connection });
  }
}

function troubledBy(
  { providers }: ManageParts,
  error: unknown,
  { step, connection }: { step: Pick<Finding, 'part' | 'of'>; connection: CalendarConnection },
): Finding {
  const trouble = toCalendarTrouble(error, connection.provider, providers);
  if (!trouble) throw error;
  return troubled(step, trouble);
}

function examineTimeZone({ name, timeZone }: CalendarConnection, theirs: string | null): Finding {
  const step = { part: 'time zone', of: name } as const;
  if (!isTimeZone(timeZone)) {
    return failed(step, `${timeZone} does not exist`, `Connect "${name}" again.`);
  }
  if (theirs !== null && theirs !== timeZone) {
    return warning(
      step,
      `${timeZone} here, ${theirs} at the account`,
      `Times are right, but said in ${timeZone}. Connect "${name}" again to take over the account's zone.`,
    );
  }
  return ok(step, timeZone);
}

function skipRest(parts: ExaminedPart[], of: string, because: string): Finding[] {
  return parts.map((part) => skipped({ part, of }, because));
}
