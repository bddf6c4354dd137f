import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { connectCalendar } from '../../manage/connect-calendar.ts';
import { OutcomeUnknownError } from '../../calendar/calendar-error.ts';
import { readProviders } from '../../calendar/providers.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { listDueIntents } from '../../db/intents/intent-states.ts';
import { USUAL_TIMES } from '../../booking/ledger/reconcile.ts';
import { KEY, useCalcom } from '../cli/calcom.ts';
import { MASTER_KEY } from '../cli/slotline.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { CLOCK, entry, openLedgerCall, pick, stateOf } from '../booking/ledger/ledger-call.ts';

const database = useTestDatabase({ clock: CLOCK });
const calcom = useCalcom();

/** Connects a Cal.com account, by the key given. */
async function connect(
  organizationId: string,
  input: { name: string; baseUrl?: string; teamId?: number },
  key: string | null = KEY,
) {
  const sent: string[] = [];
  const parts = {
    db: database.db,
    masterKey: parseMasterKey(MASTER_KEY),
    now: CLOCK.now,
    providers: readProviders({ CALCOM_BASE_URL: calcom.simulator.url }),
    fetch: ((address, init) => {
      sent.push(new URL(address instanceof Request ? address.url : address).origin);
      return fetch(address, init);
    }) satisfies typeof fetch,
  };
  const given = { provider: 'calcom', ...input };
  const result = await connectCalendar(parts, organizationId, given, () =>
    Promise.resolve(key),
  ).catch((error: unknown) => error);
  return { result, sent };
}

describe('connectCalendar', () => {
  it('connects an account once: claims of two connections would not see each other', async () => {
    const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    expect((await connect(organizationId, { name: 'Work' })).result).toMatchObject({ isNew: true });
    for (const second of [
      { name: 'Team', teamId: 5 },
      { name: 'Home', baseUrl: calcom.simulator.url },
    ]) {
      expect((await connect(organizationId, second)).result).toMatchObject({
        name: 'ManageError',
        message: expect.stringContaining('is connected already, as "Work"') as string,
      });
    }
    expect((await connect(organizationId, { name: 'Work' })).result).toMatchObject({
      isNew: false,
    });
  });

  it('sends the stored key to no other instance', async () => {
    const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    await connect(organizationId, { name: 'Work' });
    const elsewhere = { name: 'Work', baseUrl: 'https://wrong.example' };
    const { result, sent } = await connect(organizationId, elsewhere, null);
    expect(result).toMatchObject({ name: 'ManageError', field: 'key' });
    expect(sent).toEqual([]);
    const same = { name: 'Work', baseUrl: `${calcom.simulator.url}/` };
    expect((await connect(organizationId, same, null)).result).toMatchObject({ isNew: false });
  });

  it('sends a key in clear to this machine alone', async () => {
    const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    const { result, sent } = await connect(organizationId, {
      name: 'Work',
      baseUrl: 'http://cal.example',
    });
    expect(result).toMatchObject({ name: 'ManageError' });
    expect(sent).toEqual([]);
  });

  it('makes what could not be settled due at once, when it is connected anew', async () => {
    const call = await openLedgerCall(database.db, {
      change: () => ({
        book: () => Promise.reject(new OutcomeUnknownError('No answer.')),
      }),
    });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const { organizationId } = call.tenant;
    const { db } = database;
    await db
      .updateTable('bookingIntents')
      .set({ state: 'attention', updatedAt: CLOCK.now() })
      .where('organizationId', '=', organizationId)
      .execute();
    const [intent] = (await stateOf(db, call.tenant)).intents;
    const isDue = async () =>
      (await listDueIntents(db, USUAL_TIMES, 1_000)).some(({ id }) => id === intent?.id);
    expect(await isDue()).toBe(false);
    const again = {
      provider: 'fake',
      name: 'Test calendar',
      timeZone: 'America/New_York',
      seed: 7,
    } as const;
    const parts = {
      db,
      masterKey: parseMasterKey(MASTER_KEY),
      now: CLOCK.now,
      providers: readProviders({}),
    };
    await connectCalendar(parts, organizationId, again, () => Promise.resolve(null));
    expect(await isDue()).toBe(true);
  });
});
