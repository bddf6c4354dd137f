import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { encodeMuLaw } from '../../runtime/g711.ts';
import { startPhoneHost } from '../support/phone-host.ts';
import type { PhoneHost } from '../support/phone-host.ts';
import { speakByTelephone } from '../support/telephone-speech.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { callTool, createScriptedMind, goodbyeAfter, isCaller, SENTENCE } from './script.ts';
import type { Script } from './script.ts';
import { call, finalStatus } from './telephone.ts';

const programs = inject('phonePrograms');
const NUMBER = '+12025550101';

/** Without the capitals and the full stop that the ears write. */
const plainly = (turn: string): string => turn.toLowerCase().replace(/[.,]/g, '');

describe.skipIf(!programs || !inject('livekitServer'))('a call by a foreign telephone', () => {
  const { sipp = '', livekitSip = '' } = programs ?? {};
  const database = useTestDatabase();
  let script: Script;
  let host: PhoneHost;
  let sentence: Int16Array;

  beforeAll(async () => {
    sentence = await speakByTelephone(SENTENCE);
    const mind = await createScriptedMind(() => script);
    host = await startPhoneHost({
      database,
      livekitSip,
      mind,
      environment: { AGENT_PROCESSES: '1' },
    });
    await host.addNumber({ number: NUMBER });
  }, 120_000);
  afterAll(() => host?.[Symbol.asyncDispose]());
  afterEach(() => host.untilQuiet());

  const newestCall = () =>
    database.db.selectFrom('calls').selectAll().orderBy('startedAt', 'desc').executeTakeFirst();
  const turnsOfNewestCall = async (): Promise<string[]> => {
    const newest = await newestCall();
    const turns = await database.db
      .selectFrom('callTurns')
      .select(['role', 'text'])
      .where('callId', '=', newest?.id ?? '')
      .orderBy('id')
      .execute();
    return turns.map(({ role, text }) => `${role}: ${text}`);
  };

  it('is heard by the model in PCMU', async () => {
    script = goodbyeAfter(/./);
    const sound = encodeMuLaw(sentence);
    // The telephone's silence would come between the packets that sipp sends.
    await using dialling = await call(host, {
      sipp,
      scenario: 'stream',
      dialled: NUMBER,
      sound,
      isMute: true,
    });
    expect(finalStatus(await dialling.ended)).toBe(200);
    await host.untilQuiet();
    expect((await turnsOfNewestCall()).map(plainly)).toContain(`caller: ${SENTENCE}`);
    expect(await newestCall()).toMatchObject({
      line: 'phone',
      callerNumber: '+12025550177',
      sipCallId: expect.stringMatching(/^SCL_/),
      endReason: 'The agent said goodbye.',
    });
  }, 120_000);

  it('presses keys that reach the model and no log', async () => {
    script = goodbyeAfter(/^\[keys: 5550142\]$/);
    await using dialling = await call(host, { sipp, scenario: 'called-off', dialled: NUMBER });
    await dialling.phone.audible();
    dialling.phone.press('5550142#');
    await dialling.ended;
    await host.untilQuiet();
    expect(await turnsOfNewestCall()).toContain('caller: [keys: 5550142]');
    expect(JSON.stringify(host.worker.log)).not.toContain('5550142');
  }, 120_000);

  it('keys in a secret that nobody reads later', async () => {
    script = (last) => {
      if (isCaller(last, /^\[keys: 1\]$/)) {
        return callTool('expect_keys', { purpose: 'secret', digits: 4 });
      }
      return goodbyeAfter(/^\[keys: 8642\]$/)(last);
    };
    await using dialling = await call(host, { sipp, scenario: 'called-off', dialled: NUMBER });
    const { phone } = dialling;
    await phone.audible();
    phone.press('1#');
    await vi.waitUntil(isExpectingKeys, { timeout: 30_000, interval: 50 });
    phone.press('8642');
    await dialling.ended;
    await host.untilQuiet();
    const turns = (await turnsOfNewestCall()).join('\n');
    expect(turns).toContain('caller: [keys: ••••]');
    expect(turns).not.toContain('8642');
  }, 120_000);

  it('hangs up, and the call is closed as the caller ended it', async () => {
    script = () => null;
    await using dialling = await call(host, {
      sipp,
      scenario: 'call',
      dialled: NUMBER,
      pause: 1_500,
    });
    await dialling.ended;
    await host.untilQuiet();
    expect((await newestCall())?.endReason).toMatch(/^The caller hung up/);
  }, 120_000);

  it('holds the line twice and is heard when it is back', async () => {
    script = goodbyeAfter(/./);
    await using dialling = await call(host, {
      sipp,
      scenario: 'hold',
      dialled: NUMBER,
      pause: 1_000,
    });
    await dialling.received(
      ({ startLine, text }) => startLine.includes('200') && /^CSeq: *5 INVITE/im.test(text),
    );
    dialling.phone.say(sentence);
    await dialling.ended;
    await host.untilQuiet();
    expect((await turnsOfNewestCall()).map(plainly)).toContain(`caller: ${SENTENCE}`);
  }, 120_000);

  it('withholds its number and is served all the same', async () => {
    script = () => null;
    await using dialling = await call(host, {
      sipp,
      scenario: 'call',
      dialled: NUMBER,
      from: '"Anonymous" <sip:anonymous@anonymous.invalid>',
      pause: 1_000,
    });
    expect(finalStatus(await dialling.ended)).toBe(200);
    await host.untilQuiet();
    expect(await newestCall()).toMatchObject({ callerNumber: null });
  }, 120_000);

  it('sends no sound at all and is hung up', async () => {
    script = () => null;
    await using dialling = await call(host, {
      sipp,
      scenario: 'called-off',
      dialled: NUMBER,
      isMute: true,
    });
    await dialling.ended;
    await host.untilQuiet();
    expect((await newestCall())?.endReason).toMatch(/^The (line was lost|caller)/);
  }, 120_000);

  it('calls five times in a row', async () => {
    script = () => null;
    const before = await countCalls();
    await using dialling = await call(host, {
      sipp,
      scenario: 'call',
      dialled: NUMBER,
      pause: 200,
      // Not more calls of one number than the limit of an hour.
      from: '<sip:+12025550178@provider.example>',
      calls: { total: 5, atOnce: 1 },
    });
    await dialling.ended;
    await host.untilQuiet();
    expect(await countCalls()).toBe(before + 5);
  }, 300_000);

  it('calls five times at once', async () => {
    script = () => null;
    const before = await countCalls();
    await using dialling = await call(host, {
      sipp,
      scenario: 'call',
      dialled: NUMBER,
      pause: 1_000,
      from: '<sip:+12025550179@provider.example>',
      calls: { total: 5, atOnce: 5 },
    });
    await dialling.ended;
    await host.untilQuiet();
    expect(await countCalls()).toBe(before + 5);
  }, 150_000);

  const isExpectingKeys = async (): Promise<boolean> => {
    const done = await database.db.selectFrom('toolCalls').select('name').execute();
    return done.some(({ name }) => name === 'expect_keys');
  };
  const countCalls = async (): Promise<number> =>
    (await database.db.selectFrom('calls').select('id').execute()).length;
});
