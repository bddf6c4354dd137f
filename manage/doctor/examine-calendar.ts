import { IANAZone } from 'luxon';
import { readAccount } from '../../calendar/calcom/account.ts';
import type { CalcomClient } from '../../calendar/calcom/client.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { notAvailable, toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import { openConnectionClient } from '../calendars.ts';
import type { ManageParts } from '../manage-parts.ts';
import { failed, ok, skipped, troubled, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** What was seen of a connection, and its API where it can be asked. */
export interface ExaminedCalendar {
  findings: Finding[];
  /** False where asking for slots is no use. */
  works: boolean;
  /** Null on a fake calendar, and where the key does not open. */
  client: CalcomClient | null;
}

/** Looks at key, account and time zone of a connection. */
export async function examineCalendar(
  parts: ManageParts,
  connection: CalendarConnection,
): Promise<ExaminedCalendar> {
  const of = connection.name;
  const keyStep = { part: 'key', of } as const;
  if (connection.disconnectedAt) {
    const trouble = notAvailable(
      `The calendar "${of}" is disconnected. Connect it again: slotline calendars connect "${of}" --provider ${connection.provider}`,
    );
    return broken([troubled(keyStep, trouble)], of, 'the calendar is disconnected');
  }
  if (connection.provider === 'fake') {
    return {
      findings: [
        ok(keyStep, 'the fake calendar needs none'),
        ok({ part: 'account', of }, 'the fake calendar has none'),
        examineTimeZone(connection, null),
      ],
      works: true,
      client: null,
    };
  }
  const key = await examineKey(parts, connection);
  if (!key.client) return broken([key.finding], of, 'the key cannot be used');
  const account = await examineAccount(key.client, of);
  if (account.finding.state === 'failed') {
    return broken([key.finding, account.finding], of, 'the account cannot be asked');
  }
  return {
    findings: [key.finding, account.finding, examineTimeZone(connection, account.timeZone)],
    works: true,
    client: key.client,
  };
}

async function examineKey(
  parts: ManageParts,
  connection: CalendarConnection,
): Promise<{ finding: Finding; client: CalcomClient | null }> {
  const step = { part: 'key', of: connection.name } as const;
  try {
    const client = await openConnectionClient(parts, connection);
    return { finding: ok(step, 'stored, sealed, and opens with SLOTLINE_MASTER_KEY'), client };
  } catch (error) {
    const trouble = toCalendarTrouble(error);
    if (!trouble) throw error;
    return { finding: troubled(step, trouble), client: null };
  }
}

async function examineAccount(
  client: CalcomClient,
  of: string,
): Promise<{ finding: Finding; timeZone: string | null }> {
  const step = { part: 'account', of } as const;
  try {
    const { username, timeZone } = await readAccount(client);
    return { finding: ok(step, `the key is ${username}'s`), timeZone };
  } catch (error) {
    const trouble = toCalendarTrouble(error);
    if (!trouble) throw error;
    return { finding: troubled(step, trouble), timeZone: null };
  }
}

function examineTimeZone({ name, timeZone }: CalendarConnection, theirs: string | null): Finding {
  const step = { part: 'time zone', of: name } as const;
  if (!IANAZone.isValidZone(timeZone)) {
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

function broken(findings: Finding[], of: string, because: string): ExaminedCalendar {
  const seen = new Set(findings.map(({ part }) => part));
  const rest = (['account', 'time zone'] as const)
    .filter((part) => !seen.has(part))
    .map((part) => skipped({ part, of }, because));
  return { findings: [...findings, ...rest], works: false, client: null };
}
