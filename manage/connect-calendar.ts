import { z } from 'zod';
import { readAccount } from '../calendar/calcom/account.ts';
import { CALCOM_BASE_URL, CalcomSettingsSchema } from '../calendar/calcom/settings.ts';
import { FakeCalendarSettingsSchema } from '../calendar/fake/fake-calendar.ts';
import { openCalcomClient } from '../calendar/open-calendar.ts';
import { memoryLimiter } from '../calendar/request-limiter.ts';
import {
  findCalendarConnection,
  insertCalendarConnection,
  listCalendarConnections,
  readCredential,
  replaceCredential,
} from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { updateCalendarConnection } from '../db/calendars/managed-calendars.ts';
import { wakeIntents } from '../db/intents/unsettled-intents.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { CALCOM_WINDOW } from '../booking/calendars/credential-limiter.ts';
import { connectWebhook } from './connect-webhook.ts';
import type { ConnectedWebhook } from './connect-webhook.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { NameSchema, parseInput, TimeZoneSchema } from './parse-input.ts';
import { webhookAddress } from './webhook-address.ts';

const FakeSchema = z.strictObject({
  provider: z.literal('fake'),
  name: NameSchema,
  timeZone: TimeZoneSchema,
  seed: FakeCalendarSettingsSchema.shape.seed,
});

const CalcomSchema = z.strictObject({
  provider: z.literal('calcom'),
  name: NameSchema,
  ...CalcomSettingsSchema.shape,
  baseUrl: CalcomSettingsSchema.shape.baseUrl.refine(
    (address) => address === undefined || isPrivate(new URL(address)),
    'must begin with https://: the key would be sent in clear',
  ),
  /** The token server's address as Cal.com reaches it. */
  webhookUrl: z.string().exactOptional(),
});

/** What is said to a host of this machine cannot be overheard. */
function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** What an operator says of a calendar; the key comes apart from it. */
export type CalendarInput = {
  [Field in keyof z.infer<typeof FakeSchema> | keyof z.infer<typeof CalcomSchema>]?: unknown;
};

export interface ConnectedCalendar {
  connection: CalendarConnection;
  /** False where a connection of that name was there. */
  isNew: boolean;
  /** Whose key it is; null on a fake calendar. */
  account: string | null;
  /** Null where none was asked for. */
  webhook: ConnectedWebhook | null;
}

/**
 * Connects a calendar, or changes the connection of that name: what is not given stays, its key too.
 * The key is proved before it is stored, sealed.
 *
 * @param readKey asked for the key, where the provider needs one; null keeps the stored one
 * @throws {ManageError} what was given cannot be used
 * @throws {CalendarTrouble} the provider does not accept the key
 */
export async function connectCalendar(
  parts: ManageParts,
  organizationId: string,
  input: CalendarInput,
  readKey: () => Promise<string | null>,
): Promise<ConnectedCalendar> {
  if (input.provider === 'fake') return connectFake(parts, organizationId, input);
  if (input.provider !== 'calcom') {
    throw new ManageError('must be calcom or fake', { field: 'provider' });
  }
  if (input.timeZone !== undefined) {
    throw new ManageError('is read from the Cal.com account: leave it out', { field: 'timeZone' });
  }
  return connectCalcom(parts, organizationId, parseInput(CalcomSchema, input), readKey);
}

async function connectFake(
  { db }: ManageParts,
  organizationId: string,
  input: CalendarInput,
): Promise<ConnectedCalendar> {
  const { name, provider, timeZone, seed } = parseInput(FakeSchema, input);
  const known = await findKnown(db, organizationId, { name, provider });
  const settings = { seed };
  if (known) {
    await updateCalendarConnection(db, known, { timeZone, settings, reconnect: true });
    await wakeIntents(db, { organizationId, calendarConnectionId: known.id });
  }
  const id =
    known?.id ??
    (await insertCalendarConnection(db, { organizationId, provider, name, timeZone, settings }));
  return {
    connection: await reread(db, { organizationId, id }),
    isNew: !known,
    account: null,
    webhook: null,
  };
}

async function connectCalcom(
  parts: ManageParts,
  organizationId: string,
  { name, provider, webhookUrl, ...given }: z.infer<typeof CalcomSchema>,
  readKey: () => Promise<string | null>,
): Promise<ConnectedCalendar> {
  const { db, masterKey, calcomBaseUrl, fetch } = parts;
  const known = await findKnown(db, organizationId, { name, provider });
  // Before anything is stored: a wrong address is the operator's to correct.
  if (webhookUrl !== undefined) webhookAddress(webhookUrl, '');
  // What is not given stays: without its address a key would be sent to another instance.
  const settings = { ...known?.settings, ...given };
  const newKey = await readKey();
  const isElsewhere = known && instanceOf(parts, settings) !== instanceOf(parts, known.settings);
  if (newKey === null && isElsewhere) {
    throw new ManageError(
      'must be given anew with another address: the stored key is sent to no other instance',
      { field: 'key' },
    );
  }
  const key = newKey ?? (await readStoredKey(parts, known));
  const client = openCalcomClient(
    { settings, credential: key },
    { limiter: memoryLimiter(CALCOM_WINDOW), calcomBaseUrl, fetch },
  );
  const account = await inTroublesWords(() => readAccount(client));
  refuseOtherAccount(known, account.username);
  await refuseSecondConnection(parts, organizationId, {
    name,
    account: account.username,
    instance: instanceOf(parts, settings),
  });
  const stored = { ...settings, account: account.username };
  const { timeZone } = account;
  const credential = { plain: key, masterKey };
  let id = known?.id;
  if (id === undefined) {
    const row = { organizationId, provider, name, timeZone, settings: stored, credential };
    id = await insertCalendarConnection(db, row);
  } else {
    const of = { organizationId, id };
    await db.transaction().execute(async (transaction) => {
      await updateCalendarConnection(transaction, of, { timeZone, settings: stored });
      await replaceCredential(transaction, of, credential);
      await wakeIntents(transaction, { organizationId, calendarConnectionId: of.id });
    });
  }
  const webhook =
    webhookUrl === undefined
      ? null
      : await connectWebhook(parts, client, {
          organizationId,
          id,
          publicUrl: webhookUrl,
          present: known?.webhookId ?? null,
        });
  return {
    connection: await reread(db, { organizationId, id }),
    isNew: !known,
    account: account.username,
    webhook,
  };
}

async function inTroublesWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toCalendarTrouble(error) ?? error;
  }
}

/** @throws {ManageError} there is none */
async function readStoredKey(
  { db, masterKey }: ManageParts,
  known: CalendarConnection | undefined,
): Promise<string> {
  const stored = known ? await readCredential(db, known, masterKey) : null;
  if (stored !== null) return stored;
  throw new ManageError(
    'is missing: set CAL_KEY, or give the key on standard input, such as `… < key.txt`',
    { field: 'key' },
  );
}

/** The appointments of a connection are in one account: another account's key would lose them. */
function refuseOtherAccount(known: CalendarConnection | undefined, username: string): void {
  const before = known?.settings['account'];
  if (typeof before !== 'string' || before === username) return;
  throw new ManageError(
    `The key belongs to the account "${username}", and this calendar is of "${before}". ` +
      'Connect it under a name of its own, and move the events to it.',
    { field: 'key' },
  );
}

/** Where a connection's key is sent to. */
function instanceOf(
  { calcomBaseUrl = CALCOM_BASE_URL }: ManageParts,
  { baseUrl }: Record<string, unknown>,
): string {
  return new URL(typeof baseUrl === 'string' ? baseUrl : calcomBaseUrl).origin;
}

/**
 * Claims, holds and the request budget are a connection's: with two connections to one account two
 * callers could book overlapping times.
 */
async function refuseSecondConnection(
  parts: ManageParts,
  organizationId: string,
  { name, account, instance }: { name: string; account: string; instance: string },
): Promise<void> {
  const all = await listCalendarConnections(parts.db, organizationId);
  const other = all.find(
    (each) =>
      each.name !== name &&
      each.provider === 'calcom' &&
      each.disconnectedAt === null &&
      each.settings['account'] === account &&
      instanceOf(parts, each.settings) === instance,
  );
  if (!other) return;
  throw new ManageError(
    `The account "${account}" is connected already, as "${other.name}". One calendar carries ` +
      'several events, those of the teams of the account too: add them to it with `events add`, ' +
      'or disconnect it first.',
    { field: 'name' },
  );
}

async function findKnown(
  db: ManageParts['db'],
  organizationId: string,
  { name, provider }: Pick<CalendarConnection, 'name' | 'provider'>,
): Promise<CalendarConnection | undefined> {
  const known = await listCalendarConnections(db, organizationId);
  const found = known.find((connection) => connection.name === name);
  if (!found || found.provider === provider) return found;
  throw new ManageError(
    `There is a calendar of this name already, of the provider ${found.provider}.`,
    { field: 'name' },
  );
}

async function reread(
  db: ManageParts['db'],
  key: { organizationId: string; id: string },
): Promise<CalendarConnection> {
  const connection = await findCalendarConnection(db, key);
  if (!connection) throw new ManageError('The calendar was removed meanwhile.');
  return connection;
}
