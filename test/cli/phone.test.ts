import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertAgent } from '../../db/agents.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertMessageTaken } from '../../db/messages/messages-taken.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { readTrunkPassword } from '../../db/phone/sip-trunks.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { createCommandLine, MASTER_KEY } from './slotline.ts';

const database = useTestDatabase();
const slotline = createCommandLine(() => database.url);
const PASSWORD = 'correct-horse-battery';
let organizationId = '';
let agentId = '';

beforeAll(async () => {
  const { db } = database;
  organizationId = await insertOrganization(db, 'Harbor Street Clinic');
  const agent = { organizationId, name: 'Front desk', businessName: 'Harbor Street Clinic' };
  agentId = await insertAgent(db, { ...agent, slug: 'front-desk' });
  await insertAgent(db, { ...agent, slug: 'night-desk' });
  slotline.canaries.add(PASSWORD);
});

beforeEach(async () => {
  await database.db.deleteFrom('phoneNumbers').execute();
  await database.db.deleteFrom('sipTrunks').execute();
});

describe('slotline trunks', () => {
  it('adds one that calls reach from some addresses, changes and removes it', async () => {
    const added = await slotline.run('trunks', 'add', 'Twilio', '--allow', '203.0.113.0/30');
    expect(added).toMatchObject({ exitCode: 0, errors: '' });
    expect(added.output).toContain('numbers sync');
    const allow = ['--allow', '203.0.113.0/30', '2001:db8::7'];
    const edited = await slotline.run('trunks', 'edit', 'Twilio', ...allow, '--json');
    expect(edited.json).toMatchObject({ allowedAddresses: ['203.0.113.0/30', '2001:db8::7'] });
    const { output } = await slotline.run('trunks', 'list');
    expect(output).toMatch(/^Twilio +203\.0\.113\.0\/30, 2001:db8::7 +– +– /m);
    const removed = await slotline.run('trunks', 'remove', 'twilio');
    expect(removed.errors).toBe('<trunk>: There is no trunk "twilio". Did you mean "Twilio"?\n');
    expect(await slotline.run('trunks', 'remove', 'Twilio')).toMatchObject({ exitCode: 0 });
  });

  it('reads the password from standard input and seals it', async () => {
    slotline.input = `${PASSWORD}\n`;
    const given = ['trunks', 'add', 'Office', '--username', 'reception', '--json'];
    const added = await slotline.runAsProcess(...given);
    expect(added.json).toMatchObject({ name: 'Office', authUsername: 'reception' });
    const { id } = added.json as { id: string };
    const key = { organizationId, id };
    const masterKey = Buffer.from(MASTER_KEY, 'base64');
    expect(await readTrunkPassword(database.db, key, masterKey)).toBe(PASSWORD);
    const open = await slotline.run('trunks', 'edit', 'Office', '--username', 'none', '--json');
    expect(open).toMatchObject({ exitCode: 2, json: { error: { field: '--allow' } } });
    const allow = ['--allow', '203.0.113.7', '--username', 'none'];
    const edited = await slotline.run('trunks', 'edit', 'Office', ...allow, '--json');
    expect(edited.json).toMatchObject({ authUsername: null });
    expect(await readTrunkPassword(database.db, key, masterKey)).toBeNull();
    slotline.input = '';
  });

  it.each([
    [['add', 'Open'], '--allow', 'signalling addresses'],
    [['add', 'Open', '--allow', '0.0.0.0/0'], '--allow', 'anybody'],
    [['add', 'Open', '--allow', '0.0.0.0/1', '128.0.0.0/1'], '--allow', 'anybody'],
    [['add', 'Open', '--allow', '::/0'], '--allow', 'anybody'],
    [['add', 'Typo', '--allow', '203.0.113.7/24'], '--allow', 'did you mean 203.0.113.0/24'],
    [['add', 'Typo', '--allow', 'sip.example.com'], '--allow', 'no address'],
    [['add', 'Typo', '--allow', '203.0.113.7/33'], '--allow', 'no address'],
    [['add', 'Digest', '--username', 'reception'], 'password', 'SIP_PASSWORD'],
    [['add', 'Digest', '--username', 'a b'], '--username', 'letters'],
    [['add', 'Seen', '--username', 'a', '--password', 'hunter2hunter2'], 'password', 'never read'],
    [['edit', 'Missing', '--allow', '203.0.113.7'], '<trunk>', 'There is no trunk'],
  ])('refuses %j and names the field', async (given, field, words) => {
    const { exitCode, json } = await slotline.run('trunks', ...given, '--json');
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({ error: { field, message: expect.stringContaining(words) } });
  });

  it('refuses a password that is soon guessed', async () => {
    slotline.input = 'shortone';
    const given = ['trunks', 'add', 'Weak', '--username', 'reception', '--json'];
    const { json } = await slotline.run(...given);
    expect(json).toMatchObject({ error: { field: 'password' } });
    slotline.input = PASSWORD;
    const guarded = await slotline.run(
      'trunks',
      'add',
      'Any',
      '--username',
      'r',
      '--allow',
      '0.0.0.0/0',
    );
    expect(guarded).toMatchObject({ exitCode: 0 });
    slotline.input = '';
  });
});

describe('slotline numbers', () => {
  beforeEach(async () => {
    await slotline.run('trunks', 'add', 'Twilio', '--allow', '203.0.113.7');
  });

  it('adds a number as people write it, changes it, and removes it', async () => {
    const given = ['+1 (202) 555-0123', '--agent', 'front-desk', '--label', 'Reception'];
    const added = await slotline.run('numbers', 'add', ...given, '--json');
    expect(added.json).toMatchObject({ number: '+12025550123', inbound: true });
    const { output } = await slotline.run('numbers', 'list');
    expect(output).toMatch(/^\+12025550123 +Reception +front-desk +Twilio +yes$/m);
    const change = ['+12025550123', '--agent', 'night-desk', '--disable', '--json'];
    const edited = await slotline.run('numbers', 'edit', ...change);
    expect(edited.json).toMatchObject({ agentSlug: 'night-desk', inbound: false });
    const kept = await slotline.run('trunks', 'remove', 'Twilio', '--json');
    expect(kept.json).toMatchObject({
      error: { field: '<trunk>', message: expect.stringContaining('+12025550123') as string },
    });
    await slotline.run('numbers', 'remove', '+1 202 555 0123');
    expect((await slotline.run('numbers', 'list')).output).toBe('There is no number yet.\n');
  });

  it.each(['+44 (0)20 7946 0123', '0044 20 7946 0123'])(
    'stores %s as it is called',
    async (given) => {
      const added = await slotline.run('numbers', 'add', given, '--agent', 'front-desk', '--json');
      expect(added.json).toMatchObject({ number: '+442079460123' });
      expect(await slotline.run('numbers', 'remove', given)).toMatchObject({ exitCode: 0 });
    },
  );

  it('asks for the trunk where there are several', async () => {
    await slotline.run('trunks', 'add', 'Telnyx', '--allow', '198.51.100.0/24');
    const given = ['numbers', 'add', '+12025550123', '--agent', 'front-desk', '--json'];
    expect((await slotline.run(...given)).json).toMatchObject({
      error: { field: '--trunk', message: expect.stringContaining('Telnyx') as string },
    });
    const { json } = await slotline.run(...given, '--trunk', 'Telnyx');
    expect(json).toMatchObject({ trunkName: 'Telnyx' });
    const again = await slotline.run(...given, '--trunk', 'Telnyx');
    expect(again.json).toMatchObject({ error: { field: '<number>' } });
  });

  it.each([
    [['add', '2025550123', '--agent', 'front-desk'], '<number>', '+12025550123'],
    [['add', '+1202555', '--agent', 'front-desk'], '<number>', 'digits'],
    [['add', '+15550100001', '--agent', 'front-desk'], '<number>', 'in use'],
    [['add', '+12025550123x5', '--agent', 'front-desk'], '<number>', 'extension'],
    [['add', '0044 20 7946', '--agent', 'front-desk'], '<number>', '+12025550123'],
    [['add', '+what', '--agent', 'front-desk'], '<number>', 'phone number'],
    [['add', '+12025550123'], '--agent', 'is missing'],
    [['add', '+12025550123', '--agent', 'frontdesk'], '--agent', 'front-desk'],
    [['edit', '+12025550124', '--disable'], '<number>', 'There is no number'],
  ])('refuses %j and names the field', async (given, field, words) => {
    const { exitCode, json } = await slotline.run('numbers', ...given, '--json');
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({ error: { field, message: expect.stringContaining(words) } });
  });

  it('shows the limits and changes them', async () => {
    const { json } = await slotline.run('numbers', 'limits', '--calls-at-once', '3', '--json');
    const limits = {
      callsAtOnce: 3,
      callsPerCallerAnHour: 30,
      longestCallMinutes: 30,
      callsPerVisitorAtOnce: 4,
      keptForPhone: 25,
    };
    expect(json).toEqual(limits);
    const refused = await slotline.run('numbers', 'limits', '--longest-call-minutes', '500');
    expect(refused.errors).toBe('--longest-call-minutes: must be 240 at most\n');
    expect((await slotline.run('numbers', 'limits', '--json')).json).toEqual(limits);
    const web = ['--calls-per-visitor-at-once', '2', '--kept-for-phone', '0', '--json'];
    expect((await slotline.run('numbers', 'limits', ...web)).json).toEqual({
      ...limits,
      callsPerVisitorAtOnce: 2,
      keptForPhone: 0,
    });
    const beyond = await slotline.run('numbers', 'limits', '--kept-for-phone', '101');
    expect(beyond.errors).toBe('--kept-for-phone: must be 100 at most\n');
  });

  it('says what is missing to sync', async () => {
    const { exitCode, errors } = await slotline.run('numbers', 'sync');
    expect(exitCode).toBe(2);
    expect(errors).toContain('npm start -- --phone');
  });
});

describe('slotline callers', () => {
  it('blocks, lists and unblocks a number, whoever it belongs to', async () => {
    const given = ['+1 555 010 0001', '--reason', 'Rude'];
    expect(await slotline.run('callers', 'block', ...given)).toMatchObject({ exitCode: 0 });
    const masked = await slotline.run('callers', 'list');
    expect(masked.output).toMatch(/^…01 +Rude +2/m);
    expect(masked.output).not.toContain('5550100001');
    const shown = await slotline.run('callers', 'list', '--show-personal', '--json');
    expect(shown.json).toMatchObject([{ number: '+15550100001', reason: 'Rude' }]);
    const wrong = await slotline.run('callers', 'unblock', '5550100001');
    expect(wrong.errors).toMatch(/^<number>: must be a number with its country code/);
    expect(await slotline.run('callers', 'unblock', '+15550100001')).toMatchObject({ exitCode: 0 });
    const again = await slotline.run('callers', 'unblock', '+15550100001');
    expect(again.errors).toMatch(/^<number>: is not blocked/);
  });

  it('blocks a number as it calls, and nobody who withholds theirs', async () => {
    await slotline.run('callers', 'block', '+44 (0)20 7946 0123');
    const shown = await slotline.run('callers', 'list', '--show-personal', '--json');
    expect(shown.json).toMatchObject([{ number: '+442079460123' }]);
    await slotline.run('callers', 'unblock', '0044 20 7946 0123');
    const withheld = await slotline.run('callers', 'block', '+266696687');
    expect(withheld.errors).toMatch(/^<number>: stands for callers who withhold/);
  });
});

describe('slotline messages', () => {
  it('lists what waits, keeps personal things back, and notes what was handled', async () => {
    const { db } = database;
    const callId = await insertCall(db, {
      organizationId,
      agentId,
      roomName: 'phone-1',
      line: 'phone',
    });
    const id = await insertMessageTaken(db, {
      organizationId,
      agentId,
      callId,
      callerName: 'Mary Smith',
      callbackNumber: '+12025550177',
      email: null,
      text: 'Please call back about the invoice.',
    });
    const masked = await slotline.run('messages', 'list');
    expect(masked.output).toMatch(/front-desk +M… +…77 +– +no/);
    expect(masked.output).not.toMatch(/Smith|0177|invoice/);
    const shown = await slotline.run('messages', 'list', '--show-personal');
    expect(shown.output).toContain('Please call back about the invoice.');
    expect(await slotline.run('messages', 'handle', id)).toMatchObject({ exitCode: 0 });
    expect((await slotline.run('messages', 'list')).output).toBe('There is no message.\n');
    const all = await slotline.run('messages', 'list', '--all', '--json');
    expect(all.json).toMatchObject([{ id, text: null, callerName: 'M…' }]);
    const unknown = await slotline.run('messages', 'handle', '1234');
    expect(unknown.errors).toMatch(/^<id>: must be the id/);
  });
});
