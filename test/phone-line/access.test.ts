import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createTestMind } from '../rehearsal/simulators/openai-realtime/test-mind.ts';
import { startPhoneHost } from '../support/phone-host.ts';
import type { PhoneHost } from '../support/phone-host.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { sendMalformedCalls } from './malformed.ts';
import { call, finalStatus } from './telephone.ts';

const programs = inject('phonePrograms');

describe.skipIf(!programs || !inject('livekitServer'))('who may call', () => {
  const { sipp = '', livekitSip = '' } = programs ?? {};
  const database = useTestDatabase();
  let host: PhoneHost;

  beforeAll(async () => {
    host = await startPhoneHost({ database, livekitSip, mind: createTestMind() });
    await host.addNumber({ number: '+12025550101' });
    await host.addNumber({ number: '+12025550102', allowedAddresses: ['203.0.113.7'] });
    await host.addNumber({ number: '+12025550103', password: 'the-right-one' });
  });
  afterAll(() => host?.[Symbol.asyncDispose]());
  afterEach(() => host.untilQuiet());

  const answersTo = async (
    dialled: string,
    options: Partial<Parameters<typeof call>[1]> = {},
  ): Promise<number | null> => {
    await using dialling = await call(host, { sipp, scenario: 'call', dialled, ...options });
    return finalStatus(await dialling.ended);
  };

  it('answers a number of ours from an address that is allowed', async () => {
    expect(await answersTo('+12025550101')).toBe(200);
  });

  it.each([
    ['a number that is not ours', '+12025550199'],
    ['from an address that is not allowed', '+12025550102'],
  ])('lets it ring where somebody calls %s', async (_, dialled) => {
    expect(await answersTo(dialled, { scenario: 'unanswered' })).toBeNull();
    expect(await host.rooms()).toEqual([]);
  });

  it.each([
    ['right', 'the-right-one', 200],
    ['wrong', 'a-guess', 401],
  ])('asks for a password and answers with %s one', async (_, password, status) => {
    const credentials = { username: 'slotline', password };
    expect(await answersTo('+12025550103', { scenario: 'password', password: credentials })).toBe(
      status,
    );
  });

  it('leaves nothing of a call that is given up while it rings', async () => {
    await using dialling = await call(host, { sipp, scenario: 'cancel', dialled: '+12025550101' });
    expect(finalStatus(await dialling.ended)).toBe(487);
  });

  it('outlives calls that no telephone would make', async () => {
    using _sent = await sendMalformedCalls(host.sip.port);
    expect(await answersTo('+12025550101')).toBe(200);
    expect(host.sip.hasEnded()).toBe(false);
    await host.untilQuiet();
  }, 240_000);
});
