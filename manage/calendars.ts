import { z } from 'zod';
import type { CalendarProvider } from '../calendar/provider.ts';
import {
  findCalendarConnection,
  listCalendarConnections,
  renameConnection,
} from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { inTransaction } from '../db/in-transaction.ts';
import { LOCKS, takeLock } from '../db/locks.ts';
import { findConnectionHealth } from '../db/calendars/connection-health.ts';
import { findCredentialBudget } from '../db/calendars/credential-limits.ts';
import type { CredentialBudget } from '../db/calendars/credential-limits.ts';
import { findNamed } from './find-named.ts';
import { ManageError } from './manage-error.ts';
import { NameSchema, parseInput } from './parse-input.ts';
import { askedSettings } from './provider-form.ts';

/**
 * A connection by its name or id.
 * @throws {ManageError} naming those whose name is near, where there is none of this one
 */
export async function findManagedCalendar(
  db: Database,
  organizationId: string,
  wanted: string,
): Promise<CalendarConnection> {
  return findNamed(await listCalendarConnections(db, organizationId), wanted, 'calendar');
}

/**
 * A connection by its id alone.
 * @throws {ManageError} there is none
 */
export async function findConnection(
  db: Database,
  organizationId: string,
  id: string,
): Promise<CalendarConnection> {
  const connection = await findCalendarConnection(db, { organizationId, id });
  if (connection) return connection;
  throw new ManageError('There is no such calendar.', { field: 'calendarId', fault: 'missing' });
}

/**
 * Gives a calendar another name; its provider is asked nothing.
 * @throws {ManageError} another one has it
 */
export function renameCalendar(
  db: Database,
  { organizationId, id }: { organizationId: string; id: string },
  given: unknown,
): Promise<CalendarConnection> {
  const { name } = parseInput(z.strictObject({ name: NameSchema }), { name: given });
  return inTransaction(db, async (transaction) => {
    await takeLock(transaction, LOCKS.connections(organizationId));
    const known = await listCalendarConnections(transaction, organizationId);
    if (known.some((each) => each.name === name && each.id !== id)) {
      throw new ManageError('Another calendar has this name: choose another one.', {
        field: 'name',
        fault: 'taken',
      });
    }
    await renameConnection(transaction, { organizationId, id }, name);
    return findConnection(transaction, organizationId, id);
  });
}

/** A calendar as its operator sees it. */
export interface ShownCalendar {
  id: string;
  name: string;
  provider: string;
  timeZone: string;
  connected: boolean;
  /** Why its owner must sign in at the provider again; null: they need not. */
  signInAgain: string | null;
  /** Whether it tells us of its changes. */
  webhook: boolean;
  /** The address of an instance of the operator's own; null where it is the provider's. */
  instance: string | null;
  lastSyncedAt: Date | null;
}

/** Calendars of an organization, in order of their names. */
export async function listCalendars(
  db: Database,
  organizationId: string,
  providers: readonly CalendarProvider[],
): Promise<ShownCalendar[]> {
  const connections = await listCalendarConnections(db, organizationId);
  return connections.map((connection) => showCalendar(connection, providers));
}

export function showCalendar(
  connection: CalendarConnection,
  providers: readonly CalendarProvider[],
): ShownCalendar {
  const { id, name, provider, timeZone, disconnectedAt, webhookId, lastSyncedAt } = connection;
  const known = providers.find((each) => each.id === provider);
  return {
    id,
    name,
    provider,
    timeZone,
    connected: disconnectedAt === null,
    signInAgain: connection.reconnectReason,
    webhook: webhookId !== null,
    instance: known?.ownInstanceOf?.(connection.settings) ?? null,
    lastSyncedAt,
  };
}

/** What a form shows of a connection; nothing that is sealed. */
export interface DescribedCalendar extends ShownCalendar {
  /** Whose it is at the provider; null where the provider has no accounts. */
  account: string | null;
  /** Those that its provider asks for. */
  settings: Record<string, unknown>;
}

export function describeCalendar(
  connection: CalendarConnection,
  providers: readonly CalendarProvider[],
): DescribedCalendar {
  const known = providers.find(({ id }) => id === connection.provider);
  const asked = known ? Object.keys(askedSettings(known).properties) : [];
  const account = connection.settings['account'];
  return {
    ...showCalendar(connection, providers),
    account: typeof account === 'string' ? account : null,
    settings: Object.fromEntries(
      Object.entries(connection.settings).filter(([key]) => asked.includes(key)),
    ),
  };
}

/** How a connection does, without asking its provider. */
export interface CalendarActivity {
  lastSyncedAt: Date | null;
  /** Of the newest sync; null where it went well or there was none. */
  lastSyncError: string | null;
  lastDeliveryAt: Date | null;
  /** Webhooks that were refused for their signature. */
  badSignatures: number;
  /** What is left of the provider's budget; null: nothing was asked lately, it is full. */
  budget: CredentialBudget | null;
}

/** @throws {ManageError} there is none */
export async function readCalendarActivity(
  db: Database,
  organizationId: string,
  id: string,
): Promise<CalendarActivity> {
  const { lastSyncedAt } = await findConnection(db, organizationId, id);
  const health = await findConnectionHealth(db, { organizationId, id });
  const budget = await findCredentialBudget(db, { calendarConnectionId: id });
  return {
    lastSyncedAt,
    lastSyncError: health?.lastSyncError ?? null,
    lastDeliveryAt: health?.lastDeliveryAt ?? null,
    badSignatures: health?.badSignatures ?? 0,
    budget: budget ?? null,
  };
}
