import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  listCalendarConnections,
  readCredential,
  readWebhookSecret,
} from '../../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { KEY, OTHER_KEY, SECOND_KEY, THIRD_KEY, useCalcom } from './calcom.ts';
import { createCommandLine, MASTER_KEY } from './slotline.ts';

const database = useTestDatabase();
const calcom = useCalcom();
const slotline = createCommandLine(() => database.url);
slotline.canaries.add(KEY).add(OTHER_KEY).add(SECOND_KEY).add(THIRD_KEY);
const masterKey = parseMasterKey(MASTER_KEY);
let organizationId: string;

beforeAll(async () => {
  organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
});

beforeEach(() => {
  slotline.input = '';
  slotline.environment = { SLOTLINE_MASTER_KEY: MASTER_KEY };
});

async function find(name: string): Promise<CalendarConnection> {
  const all = await listCalendarConnections(database.db, organizationId);
  const found = all.find((connection) => connection.name === name);
  if (!found) throw new Error(`There is no calendar ${name}.`);
  return found;
}

const connect = (name: string, ...more: string[]) => [
  'calendars',
  'connect',
  name,
  '--provider',
  'calcom',
  '--base-url',
  calcom.simulator.url,
  ...more,
];

describe('slotline calendars connect', () => {
  it('reads the key from standard input, proves it, and stores it sealed', async () => {
    slotline.input = `${KEY}\n`;
    const { exitCode, output, errors } = await slotline.runAsProcess(...connect('Work'));
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(output).toBe('Connected "Work" of the account "front-desk", in America/Chicago.\n');
    const connection = await find('Work');
    expect(connection.timeZone).toBe('America/Chicago');
    expect(await readCredential(database.db, connection, masterKey)).toBe(KEY);
  });

  it('reads the key from CAL_KEY', async () => {
    slotline.environment['CAL_KEY'] = SECOND_KEY;
    expect((await slotline.run(...connect('By environment'))).exitCode).toBe(0);
    const connection = await find('By environment');
    expect(await readCredential(database.db, connection, masterKey)).toBe(SECOND_KEY);
  });

  it('stores nothing when Cal.com refuses the key', async () => {
    slotline.input = 'cal_live_nobodyholdsthis';
    slotline.canaries.add('nobodyholdsthis');
    const { exitCode, json } = await slotline.run(...connect('Refused', '--json'));
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ error: { trouble: 'Failed to initialize Cal.com calendar' } });
    await expect(find('Refused')).rejects.toThrow('There is no calendar');
  });

  it('asks for a key when there is none', async () => {
    const { exitCode, errors } = await slotline.run(...connect('Keyless'));
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^key: is missing: set CAL_KEY/);
  });

  it('will not seal without a master key', async () => {
    slotline.environment = { CAL_KEY: KEY };
    const { exitCode, errors } = await slotline.run(...connect('Unsealed'));
    expect(exitCode).toBe(2);
    expect(errors).toContain('SLOTLINE_MASTER_KEY is not set');
  });

  it.each([
    'https://user:pass@api.example.com',
    'https://api.example.com?x=1',
    'https://api.example.com#x',
    'https://api.example.com/?',
  ])('refuses the address %s, which has more than an address', async (url) => {
    slotline.input = KEY;
    const asked = ['calendars', 'connect', 'Odd', '--provider', 'calcom', '--base-url', url];
    const { exitCode, errors } = await slotline.run(...asked);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^--base-url: must be the address alone/);
  });

  it.each(['cal_first\ncal_second', 'cal live', 'cal_livé', 'cal_\u0000'])(
    'refuses the key %j, which no header can hold',
    async (key) => {
      slotline.input = key;
      const { exitCode, errors } = await slotline.run(...connect('Odd'));
      expect(exitCode).toBe(2);
      expect(errors).toMatch(/key: must be one line/);
      expect(errors).not.toContain('cal_first');
    },
  );

  it('registers a webhook with a fresh secret, and again in its own place', async () => {
    slotline.input = THIRD_KEY;
    const hook = ['--webhook-url', 'https://voice.example.com/'];
    const { exitCode, json } = await slotline.run(...connect('Hooked', ...hook, '--json'));
    expect(exitCode).toBe(0);
    const connection = await find('Hooked');
    const address = `https://voice.example.com/api/webhooks/calcom/${connection.id}`;
    expect(json).toMatchObject({ webhook: { address, registered: true, trouble: null } });
    const secret = await readWebhookSecret(database.db, connection, masterKey);
    expect(calcom.simulator.state.webhooks.get(connection.webhookId ?? '')).toMatchObject({
      subscriberUrl: address,
      secret,
      active: true,
    });
    slotline.canaries.add(secret ?? '');
    expect((await slotline.run(...connect('Hooked', ...hook))).exitCode).toBe(0);
    const here = [...calcom.simulator.state.webhooks.values()].filter(
      (webhook) => webhook.subscriberUrl === address,
    );
    expect(here).toHaveLength(1);
    expect(here[0]?.secret).not.toBe(secret);
  });

  it('changes a calendar and keeps its key and its instance', async () => {
    const { exitCode, errors } = await slotline.run(
      'calendars',
      'connect',
      'Hooked',
      '--provider',
      'calcom',
      '--webhook-url',
      'https://other.example.com/slotline',
    );
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    const connection = await find('Hooked');
    expect(await readCredential(database.db, connection, masterKey)).toBe(THIRD_KEY);
    expect(connection.settings).toMatchObject({ baseUrl: calcom.simulator.url });
    const { webhooks } = calcom.simulator.state;
    expect(webhooks.get(connection.webhookId ?? '')?.subscriberUrl).toBe(
      `https://other.example.com/slotline/api/webhooks/calcom/${connection.id}`,
    );
    const own = [...webhooks.values()].filter((each) => each.subscriberUrl.endsWith(connection.id));
    expect(own).toHaveLength(1);
  });

  it('refuses a key of another account for a calendar that has appointments of the first', async () => {
    slotline.input = OTHER_KEY;
    const { exitCode, errors } = await slotline.run(...connect('Work'));
    expect(exitCode).toBe(2);
    expect(errors).toContain('belongs to the account "never-open"');
    const connection = await find('Work');
    expect(await readCredential(database.db, connection, masterKey)).toBe(KEY);
  });

  it('connects a fake calendar', async () => {
    const fake = ['calendars', 'connect', 'Practice', '--provider', 'fake'];
    const unzoned = await slotline.run(...fake);
    expect(unzoned).toMatchObject({
      exitCode: 2,
      errors: expect.stringMatching(/^--time-zone: is missing: in which zone/),
    });
    for (const wrong of ['New York', '+05:00']) {
      const { errors } = await slotline.run(...fake, '--time-zone', wrong);
      expect(errors).toContain('--time-zone: must be an IANA time zone');
    }
    const done = await slotline.run(...fake, '--time-zone', 'America/New_York', '--seed', '7');
    expect(done.exitCode).toBe(0);
    expect(await find('Practice')).toMatchObject({ provider: 'fake', settings: { seed: 7 } });
  });

  it('keeps the zone and the seed of a fake calendar that is connected again', async () => {
    const again = ['calendars', 'connect', 'Practice', '--provider', 'fake'];
    const { exitCode, output } = await slotline.run(...again);
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: '"Practice" is connected anew, in America/New_York.\n',
    });
    expect(await find('Practice')).toMatchObject({
      timeZone: 'America/New_York',
      settings: { seed: 7 },
    });
  });

  it('refuses a setting that is another provider’s', async () => {
    const fake = ['calendars', 'connect', 'Practice', '--provider', 'fake', '--team-id', '5'];
    const { exitCode, errors } = await slotline.run(...fake);
    expect(exitCode).toBe(2);
    expect(errors).toBe('--team-id: is no setting of a fake calendar\n');
    const seeded = await slotline.run(...connect('Work', '--seed', '7'));
    expect(seeded.errors).toBe('--seed: is no setting of a Cal.com calendar\n');
  });
});

describe('slotline calendars', () => {
  it('lists what is connected, and nothing secret', async () => {
    const { json, output } = await slotline.run('calendars', 'list', '--json');
    expect(json).toContainEqual(
      expect.objectContaining({ name: 'Hooked', connected: true, webhook: true }),
    );
    expect(output).not.toContain((await find('Hooked')).webhookId);
    const { output: table } = await slotline.run('calendars', 'list');
    expect(table).toMatch(/^Work +calcom +yes +no .* America\/Chicago /m);
  });

  it('tests a calendar step by step', async () => {
    const { exitCode, output } = await slotline.run('calendars', 'test', 'Work');
    expect(exitCode).toBe(0);
    expect(output).toContain('✓ key of Work');
    expect(output).toContain("✓ account of Work: the key is front-desk's");
    expect(output).toContain('! webhook of Work: none is registered');
  });

  it('disconnects: the webhook is gone, the key forgotten, and its events are named', async () => {
    await slotline.run('agents', 'add', 'desk', '--name', 'Desk', '--business-name', 'Clinic');
    await slotline.run(
      'events',
      'add',
      'Consultation',
      '--agent',
      'desk',
      '--calendar',
      'Hooked',
      '--event-type',
      'consultation',
    );
    const { webhookId } = await find('Hooked');
    const { exitCode, output } = await slotline.runAsProcess('calendars', 'disconnect', 'Hooked');
    expect(exitCode).toBe(0);
    expect(output).toBe(
      'Disconnected "Hooked": its key is forgotten.\nNot booked any more: "Consultation".\n',
    );
    const connection = await find('Hooked');
    expect(connection.webhookId).toBeNull();
    expect(connection.disconnectedAt).not.toBeNull();
    expect(await readCredential(database.db, connection, masterKey)).toBeNull();
    expect(await readWebhookSecret(database.db, connection, masterKey)).toBeNull();
    expect(calcom.simulator.state.webhooks.has(webhookId ?? '')).toBe(false);
    const test = await slotline.run('calendars', 'test', 'Hooked');
    expect(test.exitCode).toBe(1);
    expect(test.output).toContain('Calendar integration is not available');
  });

  it('disconnects with a key that was revoked, and says what is left', async () => {
    slotline.input = THIRD_KEY;
    await slotline.run(...connect('Revoked', '--webhook-url', 'https://voice.example.com'));
    const account = calcom.simulator.state.accounts.find(({ apiKey }) => apiKey === THIRD_KEY);
    if (account) account.apiKey = null;
    try {
      const { exitCode, output } = await slotline.run('calendars', 'disconnect', 'Revoked');
      expect(exitCode).toBe(0);
      expect(output).toContain('Its webhook is still there, remove it at the provider.');
      expect(await readCredential(database.db, await find('Revoked'), masterKey)).toBeNull();
    } finally {
      if (account) account.apiKey = THIRD_KEY;
    }
  });

  it('connects anew under the same name', async () => {
    slotline.input = THIRD_KEY;
    const { exitCode, json } = await slotline.run(...connect('Revoked', '--json'));
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ isNew: false, calendar: { connected: true } });
  });

  it('names calendars whose name is near one that does not exist', async () => {
    const { exitCode, errors } = await slotline.run('calendars', 'test', 'Wokr');
    expect(exitCode).toBe(2);
    expect(errors).toBe('<calendar>: There is no calendar "Wokr". Did you mean "Work"?\n');
  });
});
