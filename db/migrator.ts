import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { OperatorError } from '../runtime/operator-error.ts';
import type { Database } from './database.ts';
import { begunName, runMigration } from './run-migration.ts';
import type { Migration } from './run-migration.ts';
import * as firstCall from './migrations/0001-first-call.ts';
import * as realCalendars from './migrations/0002-real-calendars.ts';
import * as phoneLine from './migrations/0003-phone-line.ts';
import * as claimedAgain from './migrations/0004-claimed-again.ts';
import * as oneClock from './migrations/0005-one-clock.ts';
import * as anyProvider from './migrations/0006-any-provider.ts';
import * as claimsInTypescript from './migrations/0008-claims-in-typescript.ts';
import * as proofOfCaller from './migrations/0008-proof-of-caller.ts';
import * as webhookTurns from './migrations/0008-webhook-turns.ts';
import * as callLimits from './migrations/0009-call-limits.ts';
import * as streetDoor from './migrations/0010-street-door.ts';
import * as forgetting from './migrations/0011-forgetting.ts';
import * as rehearsalTrunks from './migrations/0012-rehearsal-trunks.ts';
import * as rateLimits from './migrations/0013-rate-limits.ts';
import * as agentModels from './migrations/0014-agent-models.ts';
import * as callRecord from './migrations/0015-call-record.ts';
import * as receptionistTools from './migrations/0016-receptionist-tools.ts';
import * as recordings from './migrations/0017-recordings.ts';
import * as greetings from './migrations/0018-greetings.ts';
import * as accounts from './migrations/0020-accounts.ts';
import * as languages from './migrations/0021-languages.ts';
import * as officeApi from './migrations/0022-office-api.ts';
import * as officeSecret from './migrations/0023-office-secret.ts';
import * as callLease from './migrations/0024-call-lease.ts';
import * as oneSecondStep from './migrations/0025-one-second-step.ts';
import * as agentVersions from './migrations/0026-agent-versions.ts';
import * as callList from './migrations/0028-call-list.ts';
import * as officeAppointments from './migrations/0029-office-appointments.ts';
import * as analytics from './migrations/0030-analytics.ts';
import * as alerts from './migrations/0030b-alerts.ts';
import * as rehearsedMessages from './migrations/0030c-rehearsed-messages.ts';
import * as webhooks from './migrations/0031-webhooks.ts';
import * as embedding from './migrations/0031b-embedding.ts';
import * as bookingBudgets from './migrations/0036-booking-budgets.ts';
import * as availability from './migrations/0032-availability.ts';
import * as organizationZone from './migrations/0033-organization-zone.ts';
import * as messagesOfTests from './migrations/0034-messages-of-tests.ts';
import * as signInAtProviders from './migrations/0035-sign-in-at-providers.ts';
import * as webhooksThatEnd from './migrations/0042-webhooks-that-end.ts';
import * as assistants from './migrations/0040-assistants.ts';
import * as busyCalendars from './migrations/0037-busy-calendars.ts';
import * as eventHosts from './migrations/0037b-event-hosts.ts';
import * as preparation from './migrations/0037c-preparation.ts';
import * as guardedCalendars from './migrations/0038-guarded-calendars.ts';
import * as scenarios from './migrations/0039-scenarios.ts';

/** The database was migrated by a version of Slotline that this one does not know. */
export class NewerSchemaError extends OperatorError {
  override name = 'NewerSchemaError';
}

/** The database lacks migrations that this version needs, or shows none to its user. */
export class OlderSchemaError extends OperatorError {
  override name = 'OlderSchemaError';
}

/** Frozen once landed; new ones are added at the end. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-first-call', up: firstCall.up },
  { name: '0002-real-calendars', up: realCalendars.up },
  { name: '0003-phone-line', up: phoneLine.up },
  { name: '0004-claimed-again', up: claimedAgain.up },
  { name: '0005-one-clock', up: oneClock.up },
  { name: '0006-any-provider', up: anyProvider.up },
  { name: '0008-claims-in-typescript', up: claimsInTypescript.up },
  { name: '0008-proof-of-caller', up: proofOfCaller.up },
  { name: '0008-webhook-turns', up: webhookTurns.up },
  { name: '0009-call-limits', up: callLimits.up },
  { name: '0010-street-door', up: streetDoor.up },
  { name: '0011-forgetting', up: forgetting.up },
  { name: '0012-rehearsal-trunks', up: rehearsalTrunks.up },
  { name: '0013-rate-limits', up: rateLimits.up },
  { name: '0014-agent-models', up: agentModels.up },
  { name: '0015-call-record', up: callRecord.up },
  { name: '0016-receptionist-tools', up: receptionistTools.up },
  { name: '0017-recordings', up: recordings.up },
  { name: '0018-greetings', up: greetings.up },
  { name: '0020-accounts', up: accounts.up },
  { name: '0021-languages', up: languages.up },
  { name: '0022-office-api', up: officeApi.up },
  { name: '0023-office-secret', up: officeSecret.up },
  { name: '0024-call-lease', up: callLease.up },
  { name: '0025-one-second-step', up: oneSecondStep.up },
  { name: '0026-agent-versions', up: agentVersions.up },
  { name: '0028-call-list', up: callList.up, indexes: callList.indexes },
  {
    name: '0029-office-appointments',
    up: officeAppointments.up,
    indexes: officeAppointments.indexes,
    finish: officeAppointments.finish,
  },
  {
    name: '0030-analytics',
    up: analytics.up,
    indexes: analytics.indexes,
    finish: analytics.finish,
  },
  { name: '0030b-alerts', up: alerts.up },
  { name: '0030c-rehearsed-messages', up: rehearsedMessages.up },
  { name: '0031-webhooks', up: webhooks.up },
  { name: '0031b-embedding', up: embedding.up },
  { name: '0032-availability', up: availability.up },
  { name: '0033-organization-zone', up: organizationZone.up },
  { name: '0034-messages-of-tests', up: messagesOfTests.up },
  { name: '0035-sign-in-at-providers', up: signInAtProviders.up },
  { name: '0042-webhooks-that-end', up: webhooksThatEnd.up },
  { name: '0040-assistants', up: assistants.up },
  { name: '0037-busy-calendars', up: busyCalendars.up },
  { name: '0037b-event-hosts', up: eventHosts.up },
  { name: '0037c-preparation', up: preparation.up },
  { name: '0038-guarded-calendars', up: guardedCalendars.up },
  { name: '0036-booking-budgets', up: bookingBudgets.up },
  { name: '0039-scenarios', up: scenarios.up },
];

/** Any constant of ours: processes that migrate at the same time wait for each other. */
const ADVISORY_LOCK = 7_302_118_001;
/** Milliseconds between two looks whether it is free. */
const POLL = 100;

/**
 * Brings the schema up to date, under an advisory lock: with several processes starting at once one
 * migrates and the others find nothing to do. Each migration is a transaction of its own, so that none
 * keeps calls from a table for longer than it needs; what a death breaks off goes on with the next run.
 * Forward only.
 *
 * @param migrations all of them unless a test gives others
 * @returns the names of the migrations that ran
 * @throws {NewerSchemaError} naming the migration that this program does not know
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    await takeTurn(connection);
    try {
      await sql`set statement_timeout = 0`.execute(connection);
      return await runMissing(connection, migrations);
    } finally {
      // Of a connection that was lost the server has given back both.
      await endTurn(connection).catch(() => undefined);
    }
  });
}

/**
 * Asks again and again in the place of waiting in one statement: an index that is built beside others
 * waits for every statement that began before it, and would wait for this one for ever.
 */
async function takeTurn(connection: Database): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ isOurs: boolean }>`
      select pg_try_advisory_lock(${ADVISORY_LOCK}) as is_ours`.execute(connection);
    if (rows[0]?.isOurs === true) return;
    await pause(POLL);
  }
}

async function endTurn(connection: Database): Promise<void> {
  await sql`reset statement_timeout`.execute(connection);
  await sql`select pg_advisory_unlock(${ADVISORY_LOCK})`.execute(connection);
}

async function runMissing(
  connection: Database,
  migrations: readonly Migration[],
): Promise<string[]> {
  await sql`
    create table if not exists slotline_migrations (
      name text primary key,
      ran_at timestamptz not null default now()
    )`.execute(connection);
  const { rows } = await sql<{ name: string }>`select name from slotline_migrations`.execute(
    connection,
  );
  refuseNewer(rows, migrations);
  const noted = new Set(rows.map(({ name }) => name));
  const missing = migrations.filter(({ name }) => !noted.has(name));
  for (const migration of missing) {
    const isBegun = noted.has(begunName(migration.name));
    await runMigration(connection, migration, { isBegun });
  }
  return missing.map(({ name }) => name);
}

/**
 * Asks whether the schema is the one of this program: one that is not would fail each of its tasks.
 *
 * @throws {OlderSchemaError} it lacks something
 * @throws {NewerSchemaError} it has more
 */
export async function checkSchema(db: Database): Promise<void> {
  const { rows: found } = await sql<{ isThere: boolean }>`
    select to_regclass('slotline_migrations') is not null as is_there`.execute(db);
  if (found[0]?.isThere !== true) {
    throw new OlderSchemaError(
      'The database has no tables of Slotline where its user looks for them: run `node db/migrate.ts`, ' +
        'or correct the database or the search_path in DATABASE_URL.',
    );
  }
  const { rows } = await sql<{ name: string }>`select name from slotline_migrations`.execute(db);
  refuseNewer(rows, MIGRATIONS);
  const applied = new Set(rows.map(({ name }) => name));
  const missing = MIGRATIONS.find(({ name }) => !applied.has(name));
  if (missing !== undefined) {
    throw new OlderSchemaError(
      `The database is older than this version (it lacks "${missing.name}"): run \`node db/migrate.ts\`, or \`npm start\`.`,
    );
  }
}

function refuseNewer(applied: readonly { name: string }[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.flatMap(({ name }) => [name, begunName(name)]));
  const unknown = applied.find(({ name }) => !known.has(name));
  if (unknown) {
    throw new NewerSchemaError(
      `The database has the migration "${unknown.name}", which this version of Slotline does not know. ` +
        'Run the version that made it, or a newer one.',
    );
  }
}
